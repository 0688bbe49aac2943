/**
 * A record as a span of OTLP.
 *
 * The record's ids are the span's; a call is of kind `CLIENT`, a step `INTERNAL`. It cannot throw on
 * any record.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'
import type { ErrorRecord } from '../error-record.ts'
import type { Attempt, ModelCall } from '../model-call.ts'
import { createAttributes, wellFormed, type Attributes } from './attributes.ts'
import { readConversation, type Conversation, type Message } from './messages.ts'
import { ATTEMPT, CONTENT, NAMES, OPENAI, OPERATION, STEPS } from './names.ts'
import type { Profile } from './profile.ts'
import { CLIENT, ERROR, INTERNAL, UNSET, type OtlpEvent, type OtlpSpan } from './shape.ts'

export function toSpan(record: SpanRecord, profile: Profile): OtlpSpan {
  const { trace, call, error, startUnixMs, endUnixMs = startUnixMs } = record
  const conversation = readConversation(record)
  const attributes = createAttributes({
    ...(call?.format.startsWith('openai.') && OPENAI.renamed),
    ...profile.names,
  })
  attributes.add(NAMES, { ...record, resource: undefined, call: call && ofSpan(call) })
  if (call) addCall(attributes, call)
  addContent(attributes, record, conversation, profile)
  for (const [name, value] of Object.entries(profile.more?.(record, conversation) ?? {})) {
    attributes.set(name, value)
  }
  const failed = record.status === 'error'
  return {
    traceId: trace.traceId,
    spanId: trace.spanId,
    ...(trace.parentSpanId && { parentSpanId: trace.parentSpanId }),
    flags: trace.sampled ? 1 : 0,
    name: wellFormed(nameOf(record)),
    kind: call ? CLIENT : INTERNAL,
    startTimeUnixNano: nanoseconds(startUnixMs),
    endTimeUnixNano: nanoseconds(
      Number.isFinite(endUnixMs) && endUnixMs >= startUnixMs ? endUnixMs : startUnixMs,
    ),
    attributes: attributes.list(),
    events: [
      ...(call?.attempts ?? []).map((attempt) => attempted(startUnixMs, attempt)),
      ...(error ? [exception(error, endUnixMs)] : []),
    ],
    status: failed
      ? { code: ERROR, ...(error?.message && { message: wellFormed(error.message) }) }
      : { code: UNSET }, // `OK` is for the application to say
  }
}

function nameOf({ name, kind, call }: SpanRecord): string {
  const step = call ? undefined : STEPS[kind]
  return step?.name ? `${step.operation} ${name}` : name
}

/** Attempts are events, and only a stream has a first chunk. */
function ofSpan({ attempts: _events, time, ...call }: ModelCall): object {
  return { ...call, time: call.stream ? time : { ...time, firstChunkMs: undefined } }
}

function addCall(attributes: Attributes, { server, http, format }: ModelCall): void {
  attributes.set('server.port', server.port ?? (http.url.startsWith('http:') ? 80 : 443))
  attributes.set(OPENAI.api, APIS.get(format))
}

const APIS = new Map<string, string>(Object.entries(OPENAI.apis))

function addContent(
  attributes: Attributes,
  { input, output, name, kind, call }: SpanRecord,
  { system, messages, tools, answers, conversation, previous }: Conversation,
  { before = false }: Profile,
): void {
  const step = call ? undefined : STEPS[kind]
  if (step) attributes.set(OPERATION, step.operation)
  if (step?.name) attributes.set(step.name, name)
  const isTool = !call && kind === 'tool'
  const isRead = messages.length > 0
  // Without content nothing is known of an answer but that there is one.
  const isAnswered = output !== undefined || answers.some(({ parts }) => parts.length > 0)
  const some = (list: readonly unknown[]) => (list.length > 0 ? list : undefined)
  const told = before ? messages.map(withResult) : messages
  attributes.set(CONTENT.conversation, conversation)
  attributes.set(CONTENT.previous, previous)
  attributes.set(CONTENT.system, isRead ? some(system) : undefined, 'json')
  attributes.set(CONTENT.messages, some(told), 'json')
  attributes.set(CONTENT.tools, isRead ? some(tools) : undefined, 'json')
  const reasons = call?.response.choices.map(({ finishReason }) => finishReason ?? 'error') ?? []
  const given = before
    ? answers.map((one, at) => ({ ...one, finish_reason: reasons[at] }))
    : answers
  attributes.set(CONTENT.answers, isAnswered ? some(given) : undefined, 'json')
  if (!isRead) attributes.set(isTool ? CONTENT.arguments : CONTENT.input, input, 'json')
  if (answers.length === 0) attributes.set(isTool ? CONTENT.result : CONTENT.output, output, 'json')
}

/** What a tool gave back, by its name of old. */
function withResult({ parts, ...message }: Message): object {
  return {
    ...message,
    parts: parts.map(({ response, ...part }) =>
      part.type === 'tool_call_response' ? { ...part, result: response } : { ...part, response },
    ),
  }
}

function attempted(startUnixMs: number, attempt: Attempt): OtlpEvent {
  const attributes = createAttributes({})
  attributes.add(ATTEMPT, attempt)
  return {
    timeUnixNano: nanoseconds(startUnixMs + attempt.endMs),
    name: 'carrot.attempt',
    attributes: attributes.list(),
  }
}

/** @see https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-spans/ */
function exception(error: ErrorRecord, unixMs: number): OtlpEvent {
  const attributes = createAttributes({})
  attributes.set('exception.type', error.type)
  attributes.set('exception.message', error.message)
  attributes.set('exception.stacktrace', stackOf(error) || undefined)
  return { timeUnixNano: nanoseconds(unixMs), name: 'exception', attributes: attributes.list() }
}

/** With the causes below, as runtimes print them. */
function stackOf({ stack = '', cause }: ErrorRecord): string {
  if (!cause) return stack
  const own = cause.stack ? '' : `${cause.type}: ${cause.message ?? ''}`
  return `${stack}\nCaused by: ${own}${stackOf(cause)}`
}

/** As much as 64 bits hold; records come to the microsecond, which a number of nanoseconds would lose. */
const MAX_UNIX_MS = 18_446_744_073_709

export function nanoseconds(unixMs: number): string {
  const ms = Number.isFinite(unixMs) ? Math.min(Math.max(unixMs, 0), MAX_UNIX_MS) : 0
  return String(BigInt(Math.round(ms * 1000)) * 1000n)
}
