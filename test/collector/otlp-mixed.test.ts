import type { SpanRecord } from '../../src/lib/record.ts'
import { describe, expect, it } from 'vitest'
import { toWire } from '../../src/lib/export/wire.ts'
import { toRequest } from '../../src/lib/otlp/body.ts'
import { standard } from '../../src/lib/otlp/profile.ts'
import { sample, stepOf } from '../lib/otlp/sample.ts'
import { encode } from './support/encode.ts'
import { receiver } from './support/otlp.ts'

const json = (value: unknown) => JSON.parse(JSON.stringify(value))

describe('a record that comes by itself and by OTLP as well', () => {
  const running: SpanRecord = {
    ...json(sample),
    status: 'running',
    seq: 2,
    endUnixMs: undefined,
    output: undefined,
    error: undefined,
  }
  const own = (record: SpanRecord) => ({ traces: [json(toWire(record))] })
  const other = encode(toRequest([sample], standard, {}))
  const orders: [string, ('running' | 'own' | 'other')[]][] = [
    ['OTLP first', ['other', 'running', 'own']],
    ['OTLP last', ['running', 'own', 'other']],
    ['OTLP between', ['running', 'other', 'own']],
    ['each twice', ['other', 'own', 'running', 'other', 'own']],
  ]

  it.each(orders)('is one span, and as the record has it: %s', async (_, order) => {
    const collector = await receiver()
    const alone = await receiver()
    await alone.send(own(running))
    await alone.send(own(sample))
    for (const what of order) {
      const answer =
        what === 'other'
          ? await collector.post(other, { 'content-type': 'application/x-protobuf' })
          : await collector.send(own(what === 'own' ? sample : running))
      expect(answer.status).toBeLessThan(300)
    }
    expect(await collector.kept()).toEqual(await alone.kept())
  })
})

describe('a trace of our records and of others’ spans', () => {
  const root = stepOf('workflow', {
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    trace: {
      traceId: '01890a5dac96774bbcceb302099a8057',
      spanId: 'bcceb302099a8057',
      sampled: true,
    },
    name: 'root',
  })
  const theirs = {
    traceId: root.trace.traceId,
    spanId: '1111111111111111',
    parentSpanId: root.trace.spanId,
    name: 'theirs',
    startTimeUnixNano: '1700000000100000000',
    endTimeUnixNano: '1700000000200000000',
  }
  const ours = stepOf('tool', {
    id: '01890a5d-ac96-774b-a000-000000000001',
    trace: {
      traceId: root.trace.traceId,
      spanId: 'a000000000000001',
      parentSpanId: theirs.spanId,
      sampled: true,
    },
    name: 'ours',
    startUnixMs: 1_700_000_000_150,
  })

  it.each([
    ['parents first', ['root', 'theirs', 'ours']],
    ['children first', ['ours', 'theirs', 'root']],
  ])('is one tree: %s', async (_, order) => {
    const { send, post, get } = await receiver()
    for (const name of order) {
      if (name === 'theirs') await post({ resourceSpans: [{ scopeSpans: [{ spans: [theirs] }] }] })
      else await send({ traces: [json(toWire(name === 'root' ? root : ours))] })
    }
    const { body } = await get(`/v1/traces/${root.trace.traceId}`)
    expect(body).toMatchObject({
      spans: [
        { name: 'root', span_id: root.trace.spanId, parent_id: null },
        { name: 'theirs', span_id: theirs.spanId, parent_id: root.trace.spanId },
        { name: 'ours', span_id: 'a000000000000001', parent_id: theirs.spanId },
      ],
    })
    expect((await get('/v1/traces')).body).toMatchObject({
      traces: [{ name: 'root', span_count: 3 }],
    })
  })
})
