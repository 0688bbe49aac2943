import type { SpanKind, SpanRecord } from 'carrot-trace'
import { describe, expect, it } from 'vitest'
import { toWire } from '../../../src/lib/export/wire.ts'
import { toRequest } from '../../../src/lib/otlp/body.ts'
import { langfuseProfile } from '../../../src/lib/otlp/langfuse.ts'
import { openinference } from '../../../src/lib/otlp/openinference.ts'
import { older, standard, type Profile } from '../../../src/lib/otlp/profile.ts'
import { readRecord } from '../../../worker/api/record.ts'
import { readRequest } from '../../../worker/otlp/request.ts'
import type { SpanChange } from '../../../worker/store/store.ts'
import { sample, stepOf } from './sample.ts'

const PROFILES: readonly Profile[] = [standard, older, langfuseProfile, openinference]
const KINDS: readonly SpanKind[] = ['workflow', 'agent', 'task', 'tool', 'retriever', 'guardrail']

/** The sample, without the causes of its error, which OTLP tells in one text with the stack. */
const { cause: _cause, ...error } = sample.error
const call: SpanRecord = {
  ...sample,
  error,
  call: {
    ...sample.call,
    time: { ...sample.call.time, endMs: 1000.334 }, // when the record ends
    http: { ...sample.call.http, status: 500 },
  },
}

const json = (value: unknown) => JSON.parse(JSON.stringify(value))

/** What the collector makes of a record that came by itself. */
function native(record: SpanRecord): SpanChange {
  const change = readRecord(json(toWire(record)), () => '')
  const {
    model: _m,
    input_tokens: _i,
    output_tokens: _o,
    latency_ms: _l,
    ...metadata
  } = change.metadata ?? {}
  return json({ ...change, metadata })
}

function imported(record: SpanRecord, profile: Profile): SpanChange {
  const [change] = readRequest(json(toRequest([record], profile, {}))).changes
  if (change === undefined) throw new Error('Nothing was taken.')
  return json(change)
}

describe.each(PROFILES)('a record that our exporter sends as $name', (profile) => {
  it('comes back as the same call', () => {
    const { input, seq, ...others } = native(call)
    const { input: told, seq: order, ...read } = imported(call, profile)
    expect(read).toEqual(others)
    expect(order).toBe(Number(seq) - 1)
    expect(told).toEqual(profile === openinference ? input : ASKED)
  })

  it.each(KINDS)('comes back as the same step: %s', (kind) => {
    const step = stepOf(kind, { input: { q: 1 }, output: 'a cat', seq: 1 })
    expect(imported(step, profile)).toEqual({ ...native(step), seq: 0 })
  })
})

/** Of the sample, as one conversation whatever the API. */
const ASKED = {
  model: 'gpt-4o',
  messages: [
    { role: 'system', content: 'In English.' },
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Hi' },
        { type: 'image_url', image_url: { url: 'https://example.com/cat.png' } },
      ],
    },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'c1', type: 'function', function: { name: 'look', arguments: '{"q":1}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'c1', content: 'a cat' },
  ],
  tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }],
  conversation: 'conv_1',
  previous_response_id: 'resp_0',
}
