/**
 * A span as a change to the store: a call to a model where it is one, else a step.
 *
 * @module
 */

import type { SentCall } from '../../src/lib/ingest.ts'
import { isObject, items, string, type Json, type JsonObject } from '../../src/lib/json.ts'
import { CONTENT, OPENAI, OPERATION, STEPS } from '../../src/lib/otlp/names.ts'
import type { SpanKind } from '../../src/lib/record.ts'
import type { SpanChange } from '../store/store.ts'
import { about, readTags, word } from './about.ts'
import { toCall } from './call.ts'
import { fromText } from './content.ts'
import { NAME } from './convention.ts'
import { standardise } from './conventions.ts'
import { readFailure } from './failure.ts'
import { identify } from './identity.ts'
import { isCall, isTold, kindOf } from './kind.ts'
import type { Dropped } from './limits.ts'
import { readMetadata } from './rest.ts'
import { toAnswer, toMessages, toTools } from './parts.ts'
import type { Span } from './span.ts'

const MAX_NAME_CHARS = 1000

export function toChange(span: Span, dropped: Dropped): SpanChange {
  const format = standardise(span)
  const { attributes, parentId, startUs, endUs } = span
  const operation = string(attributes.look(OPERATION))
  const kind = kindOf(span, operation)
  const error = readFailure(span)
  const answers = items(fromText(attributes.look(CONTENT.answers)))
  const isModel = isCall(operation, kind)
  const call = isModel ? toCall(span, format, answers, error !== null) : null
  const name = nameOf(span, operation)
  const body = isModel ? readBody(span, call) : readStep(span, kind)
  const tags = readTags(attributes)
  return {
    ...identify(span),
    parentId,
    name: name.slice(0, MAX_NAME_CHARS),
    kind,
    status: error ? 'error' : endUs === null ? 'running' : 'success',
    startUs,
    endUs,
    model: word(call?.response.model) ?? word(call?.request.model),
    provider: word(call?.provider),
    inputTokens: call?.usage.input ?? null,
    outputTokens: call?.usage.output ?? null,
    ...about(span),
    error,
    call,
    tags,
    ...body,
    metadata: readMetadata(span, isModel, dropped),
    scores: null,
  }
}

/** Of a tool and an agent its own name: ours are named so, and the standard puts before it what is done. */
function nameOf(span: Span, operation: string | undefined): string {
  const { attributes } = span
  const [, own] = NAMED.find(([does]) => does === operation) ?? []
  const [, rest] = /^(?:execute_tool|invoke_agent) (.+)$/s.exec(span.name) ?? []
  const named = own === undefined ? undefined : (string(attributes.look(own)) ?? rest)
  const name = string(attributes.take(NAME)) ?? named ?? span.name
  for (const [, attribute = ''] of NAMED) {
    if (attributes.look(attribute) === name) attributes.take(attribute) // told by that
  }
  return name
}

const NAMED = Object.values(STEPS).map((step) => [step?.operation, step?.name] as const)

type Body = Pick<SpanChange, 'input' | 'output'>

function readBody({ attributes }: Span, call: SentCall | null): Body {
  const sent = attributes.take(CONTENT.input)
  const said = attributes.take(CONTENT.output)
  attributes.take(OPENAI.api)
  const system = fromText(attributes.take(CONTENT.system))
  const told = fromText(attributes.take(CONTENT.messages))
  const answers = fromText(attributes.take(CONTENT.answers))
  const tools = toTools(fromText(attributes.take(CONTENT.tools)))
  const messages = [...instructed(system), ...toMessages(told)]
  const model = call?.request.model
  const isOurs = attributes.look('carrot.id') !== undefined
  const conversation = isOurs ? attributes.take(CONTENT.conversation) : undefined // else the session
  const previous = attributes.take(CONTENT.previous)
  const read: JsonObject = {
    ...(model !== undefined && { model }),
    ...(messages.length > 0 && { messages }),
    ...(tools.length > 0 && { tools }),
    ...(conversation !== undefined && { conversation }),
    ...(previous !== undefined && { previous_response_id: previous }),
  }
  // What is no list of messages is shown as it is.
  return {
    input: sent ?? (messages.length > 0 ? read : (unlisted(told) ?? null)),
    output: said ?? unlisted(answers) ?? answerOf(items(answers)),
  }
}

function instructed(system: Json | undefined): JsonObject[] {
  if (Array.isArray(system)) return toMessages([{ role: 'system', parts: system }])
  return system === undefined ? [] : [{ role: 'system', content: system }]
}

function unlisted(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? undefined : value
}

/** One message, or several where more than one was asked for, as records have it. */
function answerOf(answers: readonly Json[]): Json {
  const [first, ...others] = answers.map(toAnswer)
  if (first === undefined) return null
  return others.length > 0 ? { choices: [first, ...others] } : first
}

/** Of a step: what it was given and gave, or what it says of the messages in it. */
function readStep(span: Span, kind: SpanKind): Body {
  const { attributes } = span
  const isTool = kind === 'tool'
  if (isTold(string(attributes.look(OPERATION)) ?? '')) attributes.take(OPERATION)
  const given = isTool ? fromTool(attributes.take(CONTENT.arguments)) : undefined
  const gave = isTool ? fromTool(attributes.take(CONTENT.result)) : undefined
  const { input, output } = readBody(span, null)
  return { input: given ?? input, output: gave ?? output }
}

/** A text that was written as JSON, quotes and all, is the text. */
function fromTool(value: Json | undefined): Json | undefined {
  const isQuoted = typeof value === 'string' && /^".*"$/s.test(value)
  const read = isQuoted ? fromText(`[${value}]`) : fromText(value)
  return isQuoted && Array.isArray(read)
    ? (read[0] ?? value)
    : isObject(read)
      ? read
      : (read ?? undefined)
}
