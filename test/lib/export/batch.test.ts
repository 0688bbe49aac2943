import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import fc from 'fast-check'
import type { TraceError } from '../../../src/index.ts'
import { batch, type BatchLimits } from '../../../src/lib/export/batch.ts'
import { RetryLater, TooLarge, type Exporter } from '../../../src/lib/export/exporter.ts'
import type { SpanRecord } from '../../../src/lib/record.ts'
import type { WaitUntil } from '../../../src/lib/runtime/keep-alive.ts'

const LIMITS: BatchLimits = {
  queueBytes: 1_000_000,
  batchSize: 3,
  flushInterval: 5_000,
  flushTimeout: 2_000,
  maxRetries: 2,
}

function record(id: string, seq = 1, output = ''): SpanRecord {
  return {
    v: 1,
    id,
    trace: { traceId: 't', spanId: id, sampled: true },
    name: id,
    kind: 'task',
    status: seq > 0 ? 'success' : 'running',
    seq,
    startUnixMs: 0,
    output,
    tags: [],
    metadata: {},
  }
}

type Step = 'ok' | 'fail' | 'refuse' | 'hang' | 'large' | number

/** Does as the script says with what is not too large for it, and keeps the ids of what it takes. */
function taking(script: Step[], atMost: number): { exporter: Exporter; taken: string[] } {
  const taken: string[] = []
  const exporter: Exporter = {
    export(records) {
      if (records.length > atMost) throw new TooLarge('413')
      const what = script.shift() ?? 'ok'
      if (what === 'hang') return new Promise(() => {})
      if (what === 'fail') throw new Error('503')
      if (what === 'large') throw new TooLarge('413')
      if (typeof what === 'number') throw new RetryLater('429', what)
      if (what === 'refuse')
        return { rejected: records.map(({ id }) => ({ id, reason: 'bad date' })) }
      taken.push(...records.map(({ id }) => id))
      return { rejected: [] }
    },
  }
  return { exporter, taken }
}

/** A batch over an exporter that does as the script says, one entry a request: fine, unless told. */
function setup(script: Step[] = [], limits: Partial<BatchLimits> = {}, wait?: WaitUntil) {
  const sent: string[][] = []
  const told: TraceError[] = []
  const exporter: Exporter = {
    export(records) {
      sent.push(records.map(({ id, seq }) => `${id}${seq > 0 ? '' : ' running'}`))
      const what = script.shift() ?? 'ok'
      if (what === 'hang') return new Promise(() => {})
      if (what === 'fail') throw new Error('503')
      if (what === 'large') throw new TooLarge('413')
      if (typeof what === 'number') throw new RetryLater('429', what)
      return {
        rejected: what === 'refuse' ? records.map(({ id }) => ({ id, reason: 'bad date' })) : [],
      }
    },
  }
  const queue = batch(
    [exporter],
    { ...LIMITS, ...limits },
    () => wait,
    (error) => told.push(error),
  )
  return { queue, sent, told }
}

const NOTHING = { accepted: 0, rejected: 0, dropped: 0, pending: 0 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('batch, in a process', () => {
  it('sends by number what has ended, and the rest by time', async () => {
    const { queue, sent } = setup()
    queue.add(record('long', 0), undefined)
    for (const id of ['a', 'b', 'c', 'd']) queue.add(record(id), undefined)
    await vi.advanceTimersByTimeAsync(0)
    expect(sent).toEqual([['a', 'b', 'c']])
    await vi.advanceTimersByTimeAsync(5_000)
    expect(sent).toEqual([
      ['a', 'b', 'c'],
      ['long running', 'd'],
    ])
  })

  it('makes one request of each full batch, however slowly they are sent', async () => {
    const { queue, sent } = setup()
    for (let call = 0; call < 30; call += 1) {
      queue.add(record(`r${call}`, 0), undefined)
      await vi.advanceTimersByTimeAsync(1)
      queue.add(record(`r${call}`), undefined)
    }
    await vi.advanceTimersByTimeAsync(0)
    expect(sent.map((batch) => batch.length)).toEqual(Array.from({ length: 10 }, () => 3))
    expect(sent.flat()).toEqual(Array.from({ length: 30 }, (_, call) => `r${call}`))
  })

  it('sends by time', async () => {
    const { queue, sent } = setup()
    queue.add(record('a'), undefined)
    await vi.advanceTimersByTimeAsync(4_999)
    expect(sent).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(sent).toEqual([['a']])
  })

  it('sends a record once if it ends before it has left, else twice', async () => {
    const { queue, sent } = setup()
    queue.add(record('a', 0), undefined)
    queue.add(record('b', 0), undefined)
    queue.add(record('a'), undefined)
    await vi.advanceTimersByTimeAsync(5_000)
    queue.add(record('b'), undefined)
    expect(await queue.flush()).toEqual({ ...NOTHING, accepted: 2 })
    expect(sent).toEqual([['a', 'b running'], ['b']])
  })

  it('sends again what failed, after longer and longer pauses', async () => {
    const { queue, sent, told } = setup(['fail', 'fail', 'ok'])
    queue.add(record('a'), undefined)
    const receipt = queue.flush()
    await vi.advanceTimersByTimeAsync(300)
    expect(sent).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1_700)
    expect([await receipt, sent.length, told]).toEqual([{ ...NOTHING, accepted: 1 }, 3, []])
  })

  it('waits as long as it is asked to', async () => {
    const { queue, sent } = setup([20_000])
    queue.add(record('a'), undefined)
    void queue.flush()
    await vi.advanceTimersByTimeAsync(19_999)
    expect(sent).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(sent).toHaveLength(2)
  })

  it('gives up after its retries, counts and tells', async () => {
    const { queue, sent, told } = setup(['fail', 'fail', 'fail'], { flushTimeout: 60_000 })
    queue.add(record('a'), undefined)
    const receipt = queue.flush()
    await vi.advanceTimersByTimeAsync(10_000)
    expect([await receipt, sent.length]).toEqual([{ ...NOTHING, dropped: 1 }, 3])
    expect(told.map(({ code, message }) => [code, message])).toEqual([
      ['export_failed', '1 records are lost after 3 attempts to send them: 503'],
    ])
  })

  it('does not send again what was refused, counts and tells once a reason', async () => {
    const { queue, sent, told } = setup(['refuse'])
    queue.add(record('a'), undefined)
    queue.add(record('b'), undefined)
    expect([await queue.flush(), sent.length]).toEqual([{ ...NOTHING, rejected: 2 }, 1])
    expect(told.map(({ message }) => message)).toEqual(['2 of 2 records were refused: bad date'])
  })

  it('sends in halves what is too large at once, and refuses what is so alone', async () => {
    const { queue, sent, told } = setup(['large', 'large', 'large', 'ok', 'ok'])
    for (const id of ['a', 'b', 'c']) queue.add(record(id), undefined)
    expect(await queue.flush()).toEqual({ ...NOTHING, accepted: 2, rejected: 1 })
    expect(sent).toEqual([['a', 'b', 'c'], ['a', 'b'], ['a'], ['b'], ['c']])
    expect(told.map(({ message }) => message)).toEqual(['1 of 3 records were refused: 413'])
  })

  it('tells once a reason, also of what was sent in halves', async () => {
    const large = Array.from({ length: 5 }, () => 'large' as const)
    const { queue, told } = setup(large)
    for (const id of ['a', 'b', 'c']) queue.add(record(id), undefined)
    expect(await queue.flush()).toEqual({ ...NOTHING, rejected: 3 })
    expect(told.map(({ message }) => message)).toEqual(['3 of 3 records were refused: 413'])
  })

  it('tells once of what is lost in both halves', async () => {
    const { queue, told } = setup(['large', 'fail', 'fail'], { maxRetries: 0 })
    for (const id of ['a', 'b', 'c']) queue.add(record(id), undefined)
    expect(await queue.flush()).toEqual({ ...NOTHING, dropped: 3 })
    expect(told.map(({ message }) => message)).toEqual([
      '3 records are lost after 1 attempts to send them: 503',
    ])
  })

  it('sends by weight what is heavy, however few it is', async () => {
    const { queue, sent } = setup([], { queueBytes: 16_000_000, batchSize: 50 })
    const turn = (at: number) => record(`turn ${at}`, 1, 'said before '.repeat(at * 1_000))
    for (let at = 1; at <= 20; at += 1) {
      queue.add(turn(at), undefined)
      await vi.advanceTimersByTimeAsync(0)
    }
    expect(sent.map((batch) => batch.length)).toEqual([13, 6])
  })

  it('comes back from flush in time, and says what is pending', async () => {
    const { queue } = setup(['hang'])
    queue.add(record('a'), undefined)
    queue.add(record('b', 0), undefined)
    const receipt = queue.flush()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await receipt).toEqual({ ...NOTHING, pending: 1 })
  })

  it('drops what does not fit, also while a receiver hangs, and tells once', async () => {
    const { queue, told } = setup(['hang'], { queueBytes: 10_000 })
    for (let i = 0; i < 20; i += 1) queue.add(record(`r${i}`, 1, 'x'.repeat(1_000)), undefined)
    const receipt = queue.flush()
    await vi.advanceTimersByTimeAsync(2_000)
    const { pending, dropped } = await receipt
    expect({ pending, dropped }).toEqual({ pending: 4, dropped: 16 })
    expect(told.map(({ code }) => code)).toEqual(['queue_full'])
  })

  it('accounts for every record, whatever any number of receivers do', async () => {
    const step = fc.constantFrom<Step>('ok', 'fail', 'refuse', 'hang', 'large', 100)
    const receiver = fc.record({
      script: fc.array(step, { maxLength: 12 }),
      atMost: fc.integer({ min: 0, max: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(receiver, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 30 }),
        async (receivers, count) => {
          const told: TraceError[] = []
          const all = receivers.map(({ script, atMost }) => taking([...script], atMost))
          const queue = batch(
            all.map(({ exporter }) => exporter),
            { ...LIMITS, queueBytes: 25_000 },
            () => undefined,
            (error) => told.push(error),
          )
          for (let i = 0; i < count; i += 1) queue.add(record(`r${i}`), undefined)
          const flushed = queue.flush()
          await vi.advanceTimersByTimeAsync(2_000)
          const { accepted, rejected, dropped, pending } = await flushed
          expect(accepted + rejected + dropped + pending).toBe(count)
          expect(rejected + dropped === 0 || told.length > 0).toBe(true)
          // What counts as accepted every one of them has taken, and once.
          const [first = [], ...others] = all.map(({ taken }) => taken)
          const byAll = first.filter((id) => others.every((taken) => taken.includes(id)))
          expect(accepted).toBeLessThanOrEqual(byAll.length)
          for (const { taken } of all) expect(new Set(taken).size).toBe(taken.length)
        },
      ),
    )
  })
})

describe('batch, where an invocation ends with its reply', () => {
  function invocation() {
    const held: Promise<unknown>[] = []
    return { held, wait: (promise: Promise<unknown>) => void held.push(promise) }
  }

  it('sends the records of a unit of work together, when it is over', async () => {
    const { held, wait } = invocation()
    const { queue, sent } = setup([], {}, wait)
    const hold = queue.hold()
    hold?.retain()
    queue.add(record('a', 0), hold)
    hold?.retain()
    queue.add(record('b'), hold)
    hold?.release()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(sent).toEqual([])
    queue.add(record('a'), hold)
    hold?.release()
    await Promise.all(held)
    expect(sent).toEqual([['a', 'b']])
  })

  it('keeps units of work apart', async () => {
    const { held, wait } = invocation()
    const { queue, sent } = setup([], {}, wait)
    const [one, two] = [queue.hold(), queue.hold()]
    one?.retain()
    two?.retain()
    queue.add(record('a'), one)
    queue.add(record('b'), two)
    one?.release()
    await vi.advanceTimersByTimeAsync(0)
    expect(sent).toEqual([['a']])
    two?.release()
    await Promise.all(held)
    expect(sent).toEqual([['a'], ['b']])
  })

  it('sends what there is before the platform ends the invocation', async () => {
    const { held, wait } = invocation()
    const { queue, sent } = setup([], {}, wait)
    const hold = queue.hold()
    hold?.retain()
    queue.add(record('a', 0), hold)
    await vi.advanceTimersByTimeAsync(25_000)
    await Promise.all(held)
    expect(sent).toEqual([['a running']])
  })

  it('leaves to other invocations, when one calls flush, what they have not ended', async () => {
    const { held, wait } = invocation()
    const { queue, sent } = setup([], {}, wait)
    const [own, other] = [queue.hold(), queue.hold()]
    own?.retain()
    other?.retain()
    queue.add(record('own', 0), own)
    queue.add(record('other', 0), other)
    queue.add(record('other step'), other)
    await queue.flush(own)
    expect(sent).toEqual([['own running']])
    other?.release()
    own?.release()
    await Promise.all(held)
    expect(sent).toEqual([['own running'], ['other running', 'other step']])
  })

  it('works outside of any invocation', async () => {
    const { queue, sent } = setup([], {}, () => {
      throw new Error('no request')
    })
    const hold = queue.hold()
    hold?.retain()
    queue.add(record('a'), hold)
    hold?.release()
    await vi.advanceTimersByTimeAsync(0)
    expect(sent).toEqual([['a']])
  })
})

describe('batch, without a receiver', () => {
  it('counts every record as dropped', async () => {
    const queue = batch(
      [],
      LIMITS,
      () => undefined,
      () => {},
    )
    queue.add(record('a'), undefined)
    expect(await queue.flush()).toEqual({ ...NOTHING, dropped: 1 })
  })

  it('hands ended records to immediate exporters at once, and tells of one that fails', async () => {
    const told: TraceError[] = []
    const seen: string[] = []
    const good: Exporter = {
      immediate: true,
      export: (records) => {
        seen.push(...records.map(({ id }) => id))
        return { rejected: [] }
      },
    }
    const bad: Exporter = {
      immediate: true,
      export: () => {
        throw new Error('full disk')
      },
    }
    const queue = batch(
      [bad, good],
      LIMITS,
      () => undefined,
      (error) => told.push(error),
    )
    queue.add(record('a', 0), undefined)
    queue.add(record('a'), undefined)
    expect(seen).toEqual(['a'])
    expect(await queue.flush()).toEqual({ ...NOTHING, accepted: 1 })
    expect(told.map(({ code, cause }) => [code, cause])).toEqual([
      ['export_failed', new Error('full disk')],
    ])
  })
})
