import { createTracer, type Exporter, type TraceError } from 'carrot-trace'
import { otlp } from 'carrot-trace/otlp'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { collector } from '../../../src/lib/export/collector.ts'
import { outliving } from '../../../src/lib/export/keepalive.ts'
import { sample, stepOf } from '../otlp/sample.ts'

const NOTHING = { accepted: 0, rejected: 0, dropped: 0, pending: 0 }
const UNFINISHED = 'they had not ended when the program did, and an exporter takes only what has.'

/** Answers as told, and hangs after that. */
function setup(exporter: Exporter) {
  const told: string[] = []
  const tracer = createTracer({
    exporters: [exporter],
    context: 'off',
    onError: ({ message }: TraceError) => told.push(message),
  })
  return { tracer, told }
}

const hanging: Exporter['export'] = (_records, { signal } = { leaving: false }) =>
  new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))

describe('a receiver that hangs', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is waited for no longer than 10 s, and then asked again', async () => {
    let requests = 0
    const { tracer, told } = setup({
      export: (...given) => ((requests += 1), requests > 1 ? { rejected: [] } : hanging(...given)),
    })
    tracer.span('a', () => 1)
    void tracer.flush()
    await vi.advanceTimersByTimeAsync(9_999)
    expect(requests).toBe(1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect([requests, told, await tracer.flush()]).toEqual([2, [], { ...NOTHING, accepted: 1 }])
  })

  it('is given up by shutdown, which counts and tells what is lost', async () => {
    const { tracer, told } = setup({ export: hanging })
    tracer.span('a', () => 1)
    const receipt = tracer.shutdown()
    await vi.advanceTimersByTimeAsync(5_100)
    expect([await receipt, told]).toEqual([
      { ...NOTHING, dropped: 1 },
      ['1 records are lost: the process ended before they were sent.'],
    ])
  })

  it('is given up by shutdown between two attempts as well', async () => {
    const fails = () => Promise.reject(new Error('503'))
    const { tracer, told } = setup({ export: vi.fn(fails) })
    tracer.span('a', () => 1)
    const receipt = tracer.shutdown()
    await vi.advanceTimersByTimeAsync(5_100)
    expect([(await receipt).pending, told.length]).toEqual([0, 1])
  })

  it('does not keep what is recorded after shutdown from being sent and told of', async () => {
    let isWell = false
    const { tracer } = setup({
      export: (...given) => (isWell ? { rejected: [] } : hanging(...given)),
    })
    tracer.span('a', () => 1)
    const receipt = tracer.shutdown()
    await vi.advanceTimersByTimeAsync(5_100)
    await receipt
    isWell = true
    tracer.span('b', () => 1)
    expect(await tracer.flush()).toEqual({ ...NOTHING, accepted: 1 })
  })
})

describe('a span that has not ended', () => {
  const takes = async () => Response.json({})

  it('is told of at shutdown where a receiver takes only what has', async () => {
    const { tracer, told } = setup(otlp({ fetch: takes }))
    tracer.startSpan('left')
    tracer.startSpan('ended').end()
    await tracer.flush() // takes it along, and cannot send it
    expect([await tracer.shutdown(), told]).toEqual([
      NOTHING,
      [`1 records are lost: ${UNFINISHED}`],
    ])
  })

  it('is nothing to tell of once it has', async () => {
    const { tracer, told } = setup(otlp({ fetch: takes }))
    const span = tracer.startSpan('late')
    await tracer.flush()
    span.end()
    expect([await tracer.shutdown(), told]).toEqual([{ ...NOTHING, accepted: 1 }, []])
  })

  it('is nothing to tell of where it is sent as it stands', async () => {
    const { tracer, told } = setup({ export: () => ({ rejected: [] }) })
    tracer.startSpan('left')
    expect([await tracer.shutdown(), told]).toEqual([NOTHING, []])
  })
})

describe('an answer of a collector', () => {
  const said = (answer: object) =>
    collector({ apiKey: 'k', baseUrl: 'http://a.test', fetch: async () => Response.json(answer) })
  const [one, two] = [{ ...stepOf('task'), id: 'one' }, sample]
  const UNNAMED = 'the answer of the collector does not say what became of them'

  it.each([
    ['a record that it names nowhere', { traces: [{ id: one.id }], errors: [] }, [two]],
    ['all, where it names none', { traces: [], errors: [] }, [one, two]],
    ['all, where it only says that none was refused', { errors: [] }, [one, two]],
  ])('does not count as taken %s', async (_what, answer, lost) => {
    expect(await said(answer).export([one, two])).toEqual({
      rejected: lost.map(({ id }) => ({ id, reason: UNNAMED })),
    })
  })

  it.each([
    ['by other names, one for each', { traces: [{ id: 'A' }, { id: 'B' }], errors: [] }, []],
    [
      'beside the one that it refuses',
      { traces: [{ id: one.id }], errors: [{ index: 1, error: 'old' }] },
      [{ id: two.id, reason: 'old' }],
    ],
  ])('counts as taken what it names %s', async (_how, answer, rejected) => {
    expect(await said(answer).export([one, two])).toEqual({ rejected })
  })
})

describe('outliving', () => {
  const kibibytes = (count: number) => new Uint8Array(count * 1_024)

  it('lets requests outlive their page that carry 64 KiB between them, and no more', async () => {
    const answers: ((response: Response) => void)[] = []
    const asked: boolean[] = []
    const send = (keepalive: boolean) => {
      asked.push(keepalive)
      return new Promise<Response>((resolve) => answers.push(resolve))
    }
    const sent = [40, 25, 24].map((size) => outliving(kibibytes(size), send))
    for (const answer of answers) answer(new Response())
    await Promise.all(sent)
    sent.push(outliving('ä'.repeat(32_768), send), outliving('!', send))
    for (const answer of answers) answer(new Response())
    await Promise.all(sent)
    expect(asked).toEqual([true, false, true, true, false])
  })

  it('counts none that has failed', async () => {
    const fails = () => Promise.reject(new TypeError('refused'))
    await expect(outliving(kibibytes(64), fails)).rejects.toThrow('refused')
    const asked: boolean[] = []
    await outliving(kibibytes(64), async (keepalive) => (asked.push(keepalive), new Response()))
    expect(asked).toEqual([true])
  })
})
