/** One pipeline with the real client, whole and streamed, and what a trace of it says on any runtime. */

import { createTracer, type Fetch, type SpanRecord } from 'carrot-trace'
import { memory } from 'carrot-trace/testing'
import OpenAI from 'openai'

export interface Traced {
  said: string[]
  records: unknown[]
}

/** @param fetch What the client sends with, beneath the tracer. */
export async function tracePipeline(fetch: Fetch): Promise<Traced> {
  const recorded = memory()
  const tracer = createTracer({ exporters: [recorded], fetch })
  const openai = new OpenAI({
    apiKey: 'sk-test-0123456789abcdef',
    maxRetries: 0,
    fetch: tracer.fetch,
  })
  const said = await tracer.span('answer', { input: 'A refund?' }, async (pipeline) => {
    const client = pipeline.wrap(openai)
    const ask = (content: string) => ({
      model: 'gpt-4o',
      messages: [{ role: 'user' as const, content }],
    })
    const whole = await client.chat.completions.create(ask('A refund?'))
    let streamed = ''
    const options = { stream: true, stream_options: { include_usage: true } } as const
    for await (const chunk of await client.chat.completions.create({
      ...ask('Reset my password — 你好'),
      ...options,
    })) {
      streamed += chunk.choices[0]?.delta.content ?? ''
    }
    return [whole.choices[0]?.message.content ?? '', streamed]
  })
  return { said, records: withoutIdentity(recorded.records) }
}

/** One more read makes one: workerd hands out a long chunk in several. */
const BY_READ = 'longestStallMs'

/** All that a record says but for ids and times; parents by name. */
function withoutIdentity(records: readonly SpanRecord[]): unknown[] {
  const names = new Map(records.map(({ trace, name }) => [trace.spanId, name]))
  return records.map(
    ({ id: _id, trace, startUnixMs: _start, endUnixMs: _end, call, ...record }) => ({
      ...record,
      parent: names.get(trace.parentSpanId ?? ''),
      ...(call && { call: { ...call, time: momentsOf(call) } }),
    }),
  )
}

function momentsOf({ time }: NonNullable<SpanRecord['call']>): string[] {
  return Object.keys(time)
    .filter((name) => name !== BY_READ)
    .toSorted()
}
