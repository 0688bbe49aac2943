/**
 * What the model said, as the message that the reference system stores: role, content, tool calls.
 *
 * @see https://platform.carrotlabs.ai/docs/tracing
 * @module
 */

import type { Json, JsonObject } from '../json.ts'
import type { Choice, Part } from '../record.ts'

/** One message, or `{ choices }` where more than one was asked for; none before the first word. */
export function assistantMessage(choices: readonly Choice[]): Json | undefined {
  const [first, ...others] = choices
  if (!first) return undefined
  return others.length > 0 ? { choices: choices.map(message) } : message(first)
}

function message({ message: { role, parts } }: Choice): JsonObject {
  const reasoning = textOf(parts, 'reasoning')
  const refusal = textOf(parts, 'refusal')
  const calls = parts.flatMap((part) => (part.type === 'tool_call' ? [toolCall(part)] : []))
  const blocks = parts.flatMap((part) => (part.type === 'other' ? [part.content ?? part.name] : []))
  return {
    role,
    content: textOf(parts, 'text') ?? null,
    ...(reasoning !== undefined && { reasoning }),
    ...(refusal !== undefined && { refusal }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(blocks.length > 0 && { blocks }),
  }
}

function textOf(
  parts: readonly Part[],
  type: 'text' | 'reasoning' | 'refusal',
): string | undefined {
  const texts = parts.flatMap((part) => (part.type === type ? [part.content] : []))
  return texts.length > 0 ? texts.join('') : undefined
}

function toolCall(part: Extract<Part, { type: 'tool_call' }>): JsonObject {
  const { id, name, arguments: value, argumentsInvalid } = part
  const text = argumentsInvalid && typeof value === 'string' ? value : JSON.stringify(value)
  return { id, type: 'function', function: { name, arguments: text } }
}
