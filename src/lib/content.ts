/**
 * Content: what was said, given and returned; and records with less of it.
 *
 * What a call was and cost (model, counts, times, parameters, how it ended) is no content, nor are the
 * names, tags and metadata that the application gives.
 *
 * @module
 */

import { isAnyObject, type Json, type JsonObject } from './json.ts'
import type { SpanRecord } from './record.ts'
import type { ErrorRecord } from './error-record.ts'
import type { Choice, Part } from './message.ts'

/** `metadata` keeps the shape of content, with every text by its length; `off` keeps nothing of it. */
export type ContentLevel = (typeof LEVELS)[number]

/** From the most that is kept to the least. */
export const LEVELS = ['full', 'metadata', 'off'] as const

/** Whoever wants least has it. */
export function strictest(...levels: readonly (ContentLevel | undefined)[]): ContentLevel {
  const wanted = levels.map((level) => LEVELS.indexOf(level ?? 'full'))
  return LEVELS[Math.max(...wanted)] ?? 'off'
}

export function withContent(record: SpanRecord, level: ContentLevel): SpanRecord {
  if (level === 'full') return record
  const { input, output, error, call, ...rest } = record
  const isOff = level === 'off'
  return {
    ...rest,
    ...(input !== undefined && !isOff && { input: outline(input) }),
    ...(output !== undefined && !isOff && { output: outline(output) }),
    ...(error && { error: withoutWords(error) }),
    ...(call && {
      call: {
        ...call,
        ...(call.error && { error: withoutWords(call.error) }),
        ...(call.attempts && {
          attempts: call.attempts.map((attempt) =>
            attempt.error ? { ...attempt, error: withoutWords(attempt.error) } : attempt,
          ),
        }),
        response: {
          ...call.response,
          choices: call.response.choices.map((choice) => withoutText(choice, isOff)),
        },
      },
    }),
  }
}

/** Messages of errors repeat what was sent. */
function withoutWords({
  message: _message,
  stack: _stack,
  cause,
  ...rest
}: ErrorRecord): ErrorRecord {
  return { ...rest, ...(cause && { cause: withoutWords(cause) }) }
}

function withoutText(choice: Choice, isOff: boolean): Choice {
  const { role, parts } = choice.message
  return { ...choice, message: { role, parts: isOff ? [] : parts.map(outlinedPart) } }
}

function outlinedPart(part: Part): Part {
  if (part.type === 'tool_call') return { ...part, arguments: outline(part.arguments) }
  if (part.type === 'other') return { ...part, content: outline(part.content) }
  return { ...part, content: lengthOf(part.content) }
}

/** Under these stand words of the API, not of a person. */
const PLAIN = /^(?:role|type|model|name|object|status|finish_reason|stop_reason|kind|id)$/

const MAX_DEPTH = 32

/** The same value with every text by its length. */
export function outline(value: Json, name = '', depth = 0): Json {
  if (typeof value === 'string') return PLAIN.test(name) ? value : lengthOf(value)
  if (!isAnyObject(value)) return value
  if (depth === MAX_DEPTH) return '[deeper]'
  if (Array.isArray(value)) return value.map((item: Json) => outline(item, name, depth + 1))
  const members = Object.entries(value as JsonObject).flatMap(([key, member]): [string, Json][] =>
    member === undefined ? [] : [[key, outline(member, key, depth + 1)]],
  )
  return Object.fromEntries(members)
}

function lengthOf(text: string): string {
  return `[${text.length} characters]`
}
