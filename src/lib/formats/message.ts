/**
 * What the model said, as the message that the reference system stores: role, content, tool calls.
 *
 * @see https://platform.carrotlabs.ai/docs/tracing
 * @module
 */

import type { Json, JsonObject } from '../json.ts'
import type { Choice, Part } from '../message.ts'

/** One message, or `{ choices }` where more than one was asked for; none before the first word. */
export function assistantMessage(choices: readonly Choice[]): Json | undefined {
  const [first, ...others] = choices
  if (!first) return undefined
  return others.length > 0 ? { choices: choices.map(message) } : message(first)
}

/** What is undefined here is left out by JSON. */
function message({ message: { role, parts } }: Choice): JsonObject {
  const calls = parts.flatMap((part) => (part.type === 'tool_call' ? [toolCall(part)] : []))
  const blocks = parts.flatMap((part) => (part.type === 'other' ? [part.content ?? part.name] : []))
  return {
    role,
    content: textOf(parts, 'text') ?? null,
    reasoning: textOf(parts, 'reasoning'),
    refusal: textOf(parts, 'refusal'),
    tool_calls: some(calls),
    blocks: some(blocks),
  }
}

function textOf(
  parts: readonly Part[],
  type: 'text' | 'reasoning' | 'refusal',
): string | undefined {
  return some(parts.flatMap((part) => (part.type === type ? [part.content] : [])))?.join('')
}

function some<Item>(items: Item[]): Item[] | undefined {
  return items.length > 0 ? items : undefined
}

function toolCall(part: Extract<Part, { type: 'tool_call' }>): JsonObject {
  const { id, name, arguments: value, argumentsInvalid } = part
  const text = argumentsInvalid && typeof value === 'string' ? value : JSON.stringify(value)
  return { id, type: 'function', function: { name, arguments: text } }
}
