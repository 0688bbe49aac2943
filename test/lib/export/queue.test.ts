import { describe, expect, it } from 'vitest'
import type { SpanRecord, SpanStatus } from '../../../src/lib/record.ts'
import { createQueue } from '../../../src/lib/export/queue.ts'

function record(id: string, status: SpanStatus, input = ''): SpanRecord {
  return {
    v: 1,
    id,
    trace: { traceId: 't', spanId: id, sampled: true },
    name: id,
    kind: 'generation',
    status,
    seq: status === 'running' ? 0 : 1,
    startUnixMs: 0,
    input,
    tags: [],
    metadata: {},
  }
}

const HEAVY = 'x'.repeat(10_000)
const MAX_BYTES = 15_000

describe('createQueue', () => {
  it('keeps nothing of a record that it has no room for, not even that it ran', () => {
    const queue = createQueue<undefined>(MAX_BYTES)
    const put = (id: string, status: SpanStatus) => {
      const one = record(id, status, HEAVY)
      return queue.put(one, undefined, () => one)
    }
    expect([put('first', 'running'), put('first', 'success')]).toEqual([true, true])
    for (const id of ['second', 'third', 'fourth']) {
      expect([put(id, 'running'), put(id, 'success')]).toEqual([true, false])
    }
    expect(queue.size()).toBe(1)
    expect(queue.unsent()).toBe(1)
    expect(queue.take(10, () => true).map(({ record }) => record.id)).toEqual(['first'])
  })

  it('keeps an end that it has where it has no room for a later one', () => {
    const queue = createQueue<undefined>(MAX_BYTES)
    const [short, long] = [record('one', 'error'), record('one', 'success', HEAVY.repeat(2))]
    expect(queue.put(short, undefined, () => short)).toBe(true)
    expect(queue.put(long, undefined, () => long)).toBe(false)
    expect(queue.pending()).toBe(1)
    expect(queue.take(10, () => true).map(({ record }) => record)).toEqual([short])
  })
})
