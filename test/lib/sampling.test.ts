import {
  createTracer,
  memory,
  type Keep,
  type SpanRecord,
  type Tracer,
  type TracerOptions,
} from 'carrot-trace'
import { describe, expect, it, vi } from 'vitest'

const usage = { prompt_tokens: 400, completion_tokens: 600 }

function recording(options: TracerOptions) {
  const exporter = memory(100_000)
  const told: string[] = []
  const tracer = createTracer({
    exporters: [exporter],
    fetch: async () => Response.json({ choices: [], usage }),
    onError: ({ code }) => told.push(code),
    ...options,
  })
  const names = () => exporter.records.map(({ name }) => name)
  return { tracer, told, names, records: exporter.records }
}

const body = JSON.stringify({ model: 'gpt-4o', messages: [] })
async function call({ fetch }: { fetch: Tracer['fetch'] }): Promise<void> {
  const url = 'https://api.openai.com/v1/chat/completions'
  await (await fetch(url, { method: 'POST', body })).json()
}

describe('sampleRate', () => {
  it('records its share of the traces, each whole or not at all', () => {
    const { tracer, records } = recording({ sampleRate: 0.25 })
    for (let at = 0; at < 4_000; at += 1) tracer.span('root', (s) => s.span('step', () => {}))
    const traces = new Set(records.map(({ trace }) => trace.traceId))
    expect(traces.size).toBeGreaterThan(850) // 1,000, give or take 5 deviations
    expect(traces.size).toBeLessThan(1_150)
    expect(records.length).toBe(2 * traces.size)
  })

  it('decides by the id, as another program does', () => {
    const here = recording({ sampleRate: 0.5 })
    const there = recording({ sampleRate: 0.5 })
    for (let at = 0; at < 200; at += 1) {
      const root = here.tracer.startSpan('here')
      there.tracer.startSpan('there', { parent: root.export() }).end()
      root.end()
    }
    const ids = ({ records }: { records: readonly SpanRecord[] }) =>
      records.map(({ trace }) => trace.traceId)
    expect(ids(here).length).toBeGreaterThan(0)
    expect(ids(there)).toEqual(ids(here))
  })

  const TOLD: [flags: string, sampleRate: number | undefined, recorded: number][] = [
    ['00', 1, 0],
    ['01', 0, 1],
    ['00', undefined, 1],
  ]
  it.each(TOLD)('believes a parent elsewhere, flags %s, at %s', (flags, sampleRate, recorded) => {
    const { tracer, records } = recording({ sampleRate })
    const parent = `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-${flags}`
    tracer.span('step', { parent }, () => {})
    expect(records.length).toBe(recorded)
  })

  it('says so to the programs that go on with the trace', () => {
    const { tracer } = recording({ sampleRate: 0 })
    expect(tracer.startSpan('step').export().traceparent).toMatch(/-00$/)
  })

  it.each([-1, 2, Number.NaN, '1'])('is refused where it is no share: %s', (sampleRate) => {
    expect(() => recording({ sampleRate: sampleRate as number })).toThrow(
      'The option "sampleRate" has to be a number from 0 to 1',
    )
  })
})

const fail = () => {
  throw new Error('failed')
}
const KEPT: [rule: string, keep: Keep, run: (tracer: Tracer) => unknown][] = [
  ['errors', { errors: true }, (tracer) => tracer.span('root', (s) => s.span('step', fail))],
  [
    'slow ones',
    { slowerThanMs: 5_000 },
    (tracer) => {
      const span = tracer.startSpan('root')
      const later = performance.now() + 6_000
      vi.spyOn(performance, 'now').mockReturnValue(later)
      span.end()
      vi.restoreAllMocks()
    },
  ],
  [
    'expensive ones',
    { moreTokensThan: 1_500 },
    (tracer) => tracer.span('root', async (s) => (await call(s), call(s))),
  ],
  [
    'by tag',
    { tags: ['beta', 'vip'] },
    (tracer) => tracer.span('root', { tags: ['vip'] }, () => {}),
  ],
  [
    'by a function',
    (records) => records.some(({ name }) => name === 'b'),
    (tracer) => tracer.span('root', (s) => (s.span('a', () => {}), s.span('b', () => {}))),
  ],
]

describe('keep', () => {
  it.each(KEPT)('keeps %s whole, and nothing else', async (_rule, keep, run) => {
    const { tracer, records, names } = recording({ sampleRate: 0, keep })
    await tracer.span('plain', (s) => s.span('step', () => call(s)))
    expect(names()).toEqual([])
    await Promise.resolve()
      .then(() => run(tracer))
      .catch(() => {})
    expect(names()).toContain('root')
    expect(new Set(records.map(({ trace }) => trace.traceId)).size).toBe(1)
  })

  it('waits for what ends after its root', async () => {
    const { tracer, names } = recording({ sampleRate: 0, keep: { errors: true } })
    const late = tracer.span('root', (s) => s.startSpan('late'))
    expect(names()).toEqual([])
    late.fail(new Error('failed'))
    expect(names()).toEqual(['root', 'late'])
  })

  it('keeps a trace where the rule throws, and says so', () => {
    const { tracer, names, told } = recording({ sampleRate: 0, keep: fail })
    tracer.span('root', () => {})
    expect([names(), told]).toEqual([['root'], ['sampling_failed']])
  })

  it('holds no more than its limits', () => {
    const { tracer, names } = recording({ sampleRate: 0, keep: { errors: true } })
    const first = tracer.startSpan('first')
    for (let at = 0; at < 1_000; at += 1) tracer.startSpan('running')
    first.fail(new Error('failed'))
    expect(names()).toEqual([])
    const last = tracer.startSpan('last')
    last.fail(new Error('failed'))
    expect(names()).toEqual(['last'])
  })

  const WRONG: [keep: unknown, message: string][] = [
    [{ slow: 5 }, 'There is no option "keep.slow". The options are errors, slowerThanMs'],
    [{ errors: 1 }, 'The option "keep.errors" has to be true or false; found 1.'],
    [7, 'The option "keep" has to be an object or a function; found 7.'],
  ]
  it.each(WRONG)('is refused where it makes no sense: %j', (keep, message) => {
    expect(() => recording({ sampleRate: 0, keep: keep as Keep })).toThrow(message)
  })

  it('is refused without a share', () => {
    expect(() => recording({ keep: { errors: true } })).toThrow('to 0 if it is to be none')
  })
})
