/**
 * One example of OpenAI's chat format for fine-tuning, and the parts that readers make it of.
 *
 * @see https://platform.openai.com/docs/api-reference/fine-tuning/chat-input
 * @module
 */

import { items, type Json, type JsonObject } from '../json.ts'

export interface Example {
  messages: readonly Message[]
  tools: readonly Tool[]
}

export type Message =
  | { role: 'system' | 'user'; content: Content; name?: string }
  | AssistantMessage
  | { role: 'tool'; tool_call_id: string; content: Content }

export interface AssistantMessage {
  role: 'assistant'
  content: Content | null
  tool_calls?: readonly ToolCall[]
  name?: string
}

export type Content = string | readonly ContentPart[]

export type ContentPart =
  | { type: 'text'; text: string }
  | { type: 'image_url'; image_url: { url: string; detail?: string } }

export interface ToolCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

export interface Tool {
  type: 'function'
  function: JsonObject
}

/** Says why a call makes no example; the reader goes on, and what it gives is not used. */
export type Skip = (reason: string) => undefined

/** Reads the body of a request. */
export type ExampleReader = (body: JsonObject, skip: Skip) => Example

/** A text alone stands as itself. */
export function contentOf(parts: readonly ContentPart[]): Content {
  const [only, ...others] = parts
  if (!only) return ''
  return only.type === 'text' && others.length === 0 ? only.text : parts
}

/** A text, or a list of parts that are read one by one. */
export function contentIn(
  content: Json | undefined,
  read: (part: Json) => readonly ContentPart[],
): Content {
  return typeof content === 'string' ? content : contentOf(items(content).flatMap(read))
}

/** Never the placeholder of a picture that was not kept. */
export function image(url: Json | undefined, skip: Skip, detail?: Json): readonly ContentPart[] {
  if (typeof url !== 'string' || /^\[|…/.test(url)) {
    skip('a picture in it was not kept')
    return []
  }
  const named = typeof detail === 'string' ? { detail } : {}
  return [{ type: 'image_url', image_url: { url, ...named } }]
}

export function toolCall(id: string, name: Json | undefined, given: Json | undefined): ToolCall {
  const text = typeof given === 'string' ? given : JSON.stringify(given ?? {})
  return { id, type: 'function', function: { name: String(name), arguments: text } }
}

/** What the assistant says and calls in one turn is one message. */
export function addToAssistant(messages: Message[], content: Content, calls: ToolCall[]): void {
  const last = messages.at(-1)
  if (content === '' && last?.role === 'assistant') {
    messages[messages.length - 1] = { ...last, tool_calls: [...(last.tool_calls ?? []), ...calls] }
    return
  }
  messages.push({
    role: 'assistant',
    content: content === '' ? null : content,
    ...(calls.length > 0 && { tool_calls: calls }),
  })
}

/** One that the provider runs itself has no place in the format. */
export function hosted(name: string, skip: Skip): readonly Tool[] {
  skip(`the provider runs the tool "${name}", for which the format has no place`)
  return []
}
