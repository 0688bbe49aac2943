import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { record, replay } from 'carrot-trace/testing'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { unstable_startWorker } from 'wrangler'
import { run, RUNTIMES } from '../exit/run.ts'
import { tracePipeline, type Traced } from './pipeline.ts'

process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
process.env.WRANGLER_SEND_METRICS = 'false'
process.env.WRANGLER_LOG = 'none'

let folder: string
let file: string
let recorded: Traced

/** The client asks OpenAI; the stand-in answers. */
const rerouted: typeof fetch = (input, init) =>
  fetch(String(input).replace('https://api.openai.com', inject('baseUrl')), init)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carrot-trace-'))
  file = join(folder, 'cassettes', 'refund.json')
  recorded = await tracePipeline(record(rerouted, file))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a pipeline recorded on Node', () => {
  it('leaves a trace worth comparing', () => {
    expect(recorded.said).toEqual([
      expect.stringContaining('Refunds'),
      expect.stringContaining('Go to Settings'),
    ])
    expect(recorded.records).toMatchObject([
      {
        name: 'chat gpt-4o',
        parent: 'answer',
        call: { ended: 'complete', usage: { final: true } },
      },
      {
        name: 'chat gpt-4o',
        parent: 'answer',
        call: { ended: 'complete', usage: { final: true } },
      },
      { name: 'answer', parent: undefined },
    ])
  })

  it.each(['instant', 'recorded'] as const)(
    'gives the same trace replayed on Node, %s',
    async (pace) => {
      expect(await tracePipeline(replay(file, { pace }))).toEqual(recorded)
    },
  )

  it.each(RUNTIMES)('gives the same trace replayed on %s, as a program', async (_name, command) => {
    const { printed, by } = await run(command, ['../testing/program.ts', file], { NO_COLOR: '1' })
    expect(by).toBe(0)
    expect(JSON.parse(printed)).toEqual(asJson(recorded))
  })

  it.each([
    { date: '2024-09-01', flags: [] },
    { date: '2026-10-01', flags: [] },
  ])(
    'gives the same trace replayed on workerd of $date, from the cassette',
    async ({ date, flags }) => {
      const worker = await startWorker(date, flags)
      try {
        const body = readFileSync(file, 'utf8')
        const answer = await worker.fetch('http://application/', { method: 'POST', body })
        expect(await answer.json()).toEqual(asJson(recorded))
      } finally {
        await worker.dispose()
      }
    },
  )

  it('is said to be out of reach where there are no files', async () => {
    const worker = await startWorker('2026-10-01', [])
    try {
      const answer = await worker.fetch('http://application/file')
      expect(await answer.text()).toBe(
        'TraceError: This runtime has no files, so refund.json cannot be opened. Pass the cassette itself: replay(cassette.from(json)), record(fetch, cassette()).',
      )
    } finally {
      await worker.dispose()
    }
  })
})

async function startWorker(date: string, flags: string[]) {
  const worker = await unstable_startWorker({
    config: fileURLToPath(new URL('wrangler.toml', import.meta.url)),
    compatibilityDate: date,
    compatibilityFlags: flags,
    dev: {
      server: { hostname: '127.0.0.1', port: 0 },
      inspector: false,
      watch: false,
      persist: false,
      logLevel: 'none',
    },
  })
  await worker.ready
  return worker
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
