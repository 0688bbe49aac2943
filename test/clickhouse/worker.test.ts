/** The Worker itself, in workerd, with its spans in ClickHouse. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { unstable_startWorker } from 'wrangler'
import { id, traceId } from '../store/changes.ts'
import { PASSWORD, startClickhouse } from '../support/clickhouse.ts'
import { describeOnEngine } from './store.ts'

const KEY = 'sk-local-key-of-the-tests'

async function startCollector(clickhouse: string, state: string) {
  const worker = await unstable_startWorker({
    config: fileURLToPath(new URL('../../wrangler.toml', import.meta.url)),
    bindings: {
      CARROT_LOCAL: { type: 'plain_text', value: 'true' },
      CARROT_LOCAL_KEY: { type: 'secret_text', value: KEY },
      CLICKHOUSE_URL: { type: 'plain_text', value: clickhouse },
      CLICKHOUSE_PASSWORD: { type: 'secret_text', value: PASSWORD },
    },
    dev: {
      server: { hostname: '127.0.0.1', port: 0 },
      persist: state,
      inspector: false,
      watch: false,
      logLevel: 'none',
    },
  })
  await worker.ready
  const url = await worker.url
  return { url: url.origin, [Symbol.asyncDispose]: () => worker.dispose() }
}

describeOnEngine('the Worker with CLICKHOUSE_URL', () => {
  it('keeps spans there, answers 503 while it is down, and takes them when it is back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carrot-clickhouse-'))
    const engine = await startClickhouse(folder)
    await using collector = await startCollector(engine.url, join(folder, 'state'))
    const send = (number: number) =>
      fetch(`${collector.url}/v1/traces/ingest`, {
        method: 'POST',
        headers: { authorization: `Bearer ${KEY}` },
        body: JSON.stringify({ traces: [{ id: id(number), name: `step ${number}` }] }),
      })
    const known = async () => {
      const response = await fetch(`${collector.url}/v1/traces`)
      const { traces } = (await response.json()) as { traces: { trace_id: string }[] }
      return traces.map((trace) => trace.trace_id).toSorted()
    }

    expect((await send(1)).status).toBe(202)
    expect(await known()).toEqual([traceId(1)])
    const page = await fetch(`${collector.url}/traces`)
    expect(await page.text()).toContain('step 1')

    await engine.kill()
    const refused = await send(2)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await refused.json()).toEqual({
      error: 'the traces could not be stored now; send them again later',
    })

    await using _back = await startClickhouse(folder, Number(new URL(engine.url).port))
    expect((await send(2)).status).toBe(202)
    expect(await known()).toEqual([traceId(1), traceId(2)])
    rmSync(folder, { recursive: true, force: true })
  })
})
