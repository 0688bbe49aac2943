import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { unstable_startWorker } from 'wrangler'
import { EXPECTED } from '../fidelity/expected.ts'
import { EXPECTED_PATHS, type Observation, type Unhandled } from '../fidelity/observe.ts'
import { knownDifferences, type Runtime } from '../fidelity/standard/differences.ts'
import { resultOf, type Verdict } from '../fidelity/standard/verdict.ts'
import { collectorStub, type CollectorStub } from '../support/collector-stub.ts'

process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
process.env.WRANGLER_SEND_METRICS = 'false'
process.env.WRANGLER_LOG = 'none'

const runtimes: {
  flags: string[]
  date: string
  ambient: boolean
  known: Runtime
}[] = [
  { flags: [], date: '2024-09-01', ambient: false, known: 'workerd of 2024-09-01' },
  { flags: ['nodejs_als'], date: '2024-09-01', ambient: true, known: 'workerd of 2024-09-01' },
  { flags: ['nodejs_compat'], date: '2024-09-23', ambient: true, known: 'workerd of 2024-09-23' },
  {
    flags: ['no_nodejs_compat', 'no_nodejs_compat_v2', 'no_nodejs_als'],
    date: '2026-10-01',
    ambient: false,
    known: 'workerd',
  },
  { flags: [], date: '2026-10-01', ambient: true, known: 'workerd' },
]

describe.each(runtimes)('workerd of $date with flags $flags', (runtime) => {
  const { flags, date, ambient, known } = runtime
  let worker: Awaited<ReturnType<typeof unstable_startWorker>>
  let collector: CollectorStub

  beforeAll(async () => {
    collector = await collectorStub()
    worker = await unstable_startWorker({
      config: fileURLToPath(new URL('wrangler.toml', import.meta.url)),
      compatibilityDate: date,
      compatibilityFlags: flags,
      bindings: {
        MODELS: { type: 'plain_text', value: inject('baseUrl') },
        WIRE: { type: 'plain_text', value: inject('wireUrl') },
        COLLECTOR: { type: 'plain_text', value: collector.url },
      },
      dev: {
        server: { hostname: '127.0.0.1', port: 0 },
        inspector: false,
        watch: false,
        persist: false,
        logLevel: 'none',
      },
    })
    await worker.ready
  })

  afterAll(async () => {
    await worker.dispose()
    await collector.close()
  })

  async function get<Body>(path: string): Promise<Body> {
    return (await (await worker.fetch(`http://application${path}`)).json()) as Body
  }

  it('shows the application what fetch shows it, and records what happened', async () => {
    const observations = await get<Observation[]>('/scenarios')
    expect(observations.map(({ name, traced }) => ({ name, seen: traced }))).toEqual(
      observations.map(({ name, native }) => ({ name, seen: native })),
    )
    const records = Object.fromEntries(observations.map(({ name, records }) => [name, records]))
    expect(records).toEqual(JSON.parse(JSON.stringify(EXPECTED)))
  })

  it('does so in every way a wire can answer', async () => {
    const observations = await get<Observation[]>('/wire')
    expect(observations.map(({ name, traced }) => ({ name, seen: traced }))).toEqual(
      observations.map(({ name, native }) => ({ name, seen: native })),
    )
    expect(
      observations.map(({ name, records }) => [name, records.map(({ ended }) => ended)]),
    ).toEqual(observations.map(({ name, ended }) => [name, ended]))
  })

  it('differs from fetch where it is known to, and nowhere else, check by check', async () => {
    const verdicts = await get<Verdict[]>('/standard')
    expect(resultOf(verdicts)).toEqual({ differing: knownDifferences(known), invalid: [] })
  })

  it('gives calls of concurrent pipelines their own parents by explicit context', async () => {
    expect(await get('/explicit')).toEqual(EXPECTED_PATHS)
  })

  if (ambient) {
    it('gives calls of concurrent pipelines their own parents by ambient context', async () => {
      expect(await get('/ambient')).toEqual(EXPECTED_PATHS)
    })

    it('delivers what was recorded in one request, though nobody calls flush', async () => {
      const before = collector.requests.length
      expect(await (await worker.fetch('http://application/whole')).text()).toBe('done')
      await collector.until((requests) => requests.length > before)
      const records = collector.requests.slice(before)
      expect(records.map((batch) => batch.map(({ name, status }) => [name, status]))).toEqual([
        [
          ['whole', 'success'],
          ['chat gpt-4o', 'success'],
        ],
      ])
    })
  }

  it('delivers a stream that ends after the reply has begun', async () => {
    const before = collector.requests.length
    const text = await (await worker.fetch('http://application/streamed')).text()
    expect(text).toContain('data: [DONE]')
    await collector.until((requests) => requests.slice(before).flat().length >= 2)
    const names = collector.requests
      .slice(before)
      .flat()
      .map(({ name, status }) => [name, status])
    expect(names.toSorted()).toEqual([
      ['chat gpt-4o', 'success'],
      ['streamed', 'success'],
    ])
  })

  it('leaves as many rejections unhandled as fetch does', async () => {
    const { native, traced } = await get<Unhandled>('/unhandled')
    expect(traced).toEqual(native)
  })
})
