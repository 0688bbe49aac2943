/**
 * A stored step as the record that its program once wrote: what the writers of other formats read.
 *
 * What the model said is in the output and nowhere else, so the messages of a call are read out of it
 * again. It cannot throw on any step.
 *
 * @module
 */

import type { SentCall } from '../../src/lib/ingest.ts'
import { fields, isObject, items, parse, string, type Json } from '../../src/lib/json.ts'
import type { Choice, Message, Part } from '../../src/lib/message.ts'
import type { ModelCall } from '../../src/lib/model-call.ts'
import type { SpanRecord } from '../../src/lib/record.ts'
import type { SpanDetail } from '../store/store.ts'

export function spanRecord(span: SpanDetail): SpanRecord {
  const { call, endUs, input, output, userId, sessionId, error, parentId } = span
  const resource = span.resource ?? undefined
  return {
    v: 1,
    id: span.id,
    trace: {
      traceId: span.traceId,
      spanId: span.spanId,
      ...(parentId !== null && { parentSpanId: parentId }),
      sampled: true,
    },
    name: span.name,
    kind: span.kind,
    status: span.status,
    seq: 1,
    startUnixMs: span.startUs / 1000,
    ...(endUs !== null && { endUnixMs: endUs / 1000 }),
    ...(input !== null && { input }),
    ...(output !== null && { output }),
    tags: span.tags,
    metadata: span.metadata,
    ...(userId !== null && { userId }),
    ...(sessionId !== null && { sessionId }),
    ...(error && { error }),
    ...(resource && { resource }),
    ...(call && { call: modelCall(call, span) }),
  }
}

function modelCall(call: SentCall, { output, error }: SpanDetail): ModelCall {
  const messages = messagesOf(output)
  const choices = call.response.choices.map((choice, at): Choice => ({
    ...choice,
    message: messages[at] ?? { role: 'assistant', parts: [] },
  }))
  return { ...call, response: { ...call.response, choices }, ...(error && { error }) }
}

/** Of one answer the message, of several a list of them. */
function messagesOf(output: Json): Message[] {
  const { choices } = fields(output)
  if (choices !== undefined) return items(choices).map(message)
  return isObject(output) && typeof output.role === 'string' ? [message(output)] : []
}

/** In one order: that of a message in which the kinds of parts took turns is not told. */
function message(body: Json): Message {
  const { role, content, reasoning, refusal, tool_calls, blocks } = fields(body)
  return {
    role: string(role) ?? 'assistant',
    parts: [
      ...textPart('reasoning', reasoning),
      ...textPart('text', content),
      ...textPart('refusal', refusal),
      ...items(tool_calls).map(toolCall),
      ...items(blocks).map((block): Part => ({
        type: 'other',
        name: string(fields(block).type) ?? 'block',
        content: block,
      })),
    ],
  }
}

function textPart(type: 'text' | 'reasoning' | 'refusal', text: Json | undefined): Part[] {
  return typeof text === 'string' ? [{ type, content: text }] : []
}

function toolCall(call: Json): Part {
  const { id, function: named } = fields(call)
  const { name, arguments: text } = fields(named)
  const value = typeof text === 'string' ? parse(text) : text
  return {
    type: 'tool_call',
    id: string(id) ?? null,
    name: string(name) ?? '',
    arguments: value === undefined ? (text ?? null) : value,
    ...(value === undefined && { argumentsInvalid: true }),
  }
}
