/**
 * Messages as events of a span, as the GenAI conventions had them up to v1.36: one event for each message
 * and choice, or one for all that was asked and one for all that was answered.
 *
 * @see https://github.com/open-telemetry/semantic-conventions/blob/v1.36.0/docs/gen-ai/gen-ai-events.md
 * @module
 */

import { fields, isObject, string, type Json, type JsonObject } from '../../src/lib/json.ts'
import { eachFromText, fromText } from './content.ts'
import type { Span, SpanEvent } from './span.ts'

const ROLES: ReadonlyMap<string, string> = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
])

export function sayEvents(span: Span): void {
  const asked: Json[] = []
  const answered: Json[] = []
  for (const event of span.events) {
    const role = ROLES.get(event.name)
    if (role !== undefined) asked.push(toMessage(role, bodyOf(event)))
    if (event.name === 'gen_ai.choice') answered.push(toChoice(bodyOf(event)))
    if (event.name === 'gen_ai.content.prompt') sayText(span, event, 'gen_ai.prompt')
    if (event.name === 'gen_ai.content.completion') sayText(span, event, 'gen_ai.completion')
    if (event.name === 'gen_ai.client.inference.operation.details') {
      for (const [name, value] of event.attributes.under('')) span.attributes.say(name, value)
    }
  }
  if (asked.length > 0) span.attributes.say('gen_ai.input.messages', asked)
  if (answered.length > 0) span.attributes.say('gen_ai.output.messages', answered)
  sayOld(span, 'gen_ai.prompt', 'gen_ai.input.messages', 'user')
  sayOld(span, 'gen_ai.completion', 'gen_ai.output.messages', 'assistant')
  // Pydantic AI's, which keeps events as one attribute.
  const events = fromText(
    span.attributes.look('all_messages_events') ?? span.attributes.look('events'),
  )
  if (Array.isArray(events) && events.some((event: Json) => isNamed(event))) {
    for (const name of ['all_messages_events', 'events']) span.attributes.take(name)
    sayKept(span, events)
  }
}

/** Its attributes, or what one of them holds as JSON. */
function bodyOf({ attributes }: SpanEvent): JsonObject {
  const held = fromText(attributes.take('gen_ai.event.content'))
  return isObject(held) ? held : Object.fromEntries(attributes.under(''))
}

function toMessage(usual: string, body: JsonObject): JsonObject {
  const { role, content, id, tool_calls, name } = body
  return {
    role: string(role) ?? usual,
    ...(name !== undefined && { name }),
    content: fromText(content) ?? null,
    ...(tool_calls !== undefined && { tool_calls: eachFromText(tool_calls) }),
    ...(usual === 'tool' && { tool_call_id: id }),
  }
}

function toChoice(body: JsonObject): JsonObject {
  const message = fromText(body.message)
  const told = isObject(message) ? message : { ...body, content: message ?? body.content }
  const tool_calls = told.tool_calls ?? body.tool_calls
  const called = tool_calls === undefined ? {} : { tool_calls }
  return {
    ...toMessage('assistant', { ...told, ...called }),
    ...(body.finish_reason !== undefined && { finish_reason: body.finish_reason }),
  }
}

function sayText(span: Span, event: SpanEvent, name: string): void {
  span.attributes.say(name, event.attributes.take(name))
}

/** One attribute for all: messages as JSON, or a text. */
function sayOld({ attributes }: Span, name: string, standard: string, role: string): void {
  if (attributes.look(name) === undefined) return
  const said = fromText(attributes.take(name))
  const messages = Array.isArray(said) ? said : isObject(said) ? [said] : undefined
  attributes.say(standard, messages ?? [{ role, content: said ?? null }])
}

function isNamed(event: Json): boolean {
  const name = string(fields(event)['event.name']) ?? ''
  return ROLES.has(name) || name === 'gen_ai.choice'
}

function sayKept({ attributes }: Span, events: readonly Json[]): void {
  const bodies = events.map((event) => ({
    name: string(fields(event)['event.name']) ?? '',
    body: fields(event),
  }))
  const asked = bodies.flatMap(({ name, body }) => {
    const role = ROLES.get(name)
    return role === undefined ? [] : [toMessage(role, body)]
  })
  const answered = bodies.flatMap(({ name, body }) =>
    name === 'gen_ai.choice' ? [toChoice(body)] : [],
  )
  if (asked.length > 0) attributes.say('gen_ai.input.messages', asked)
  if (answered.length > 0) attributes.say('gen_ai.output.messages', answered)
}
