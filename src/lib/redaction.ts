/**
 * The application's own rules for what must not be recorded, over all content of a record.
 *
 * @module
 */

import { isAnyObject, type Json, type JsonObject } from './json.ts'
import { REDACTED } from './redact.ts'
import type { SpanRecord } from './record.ts'

/** What a rule sees of a record: all that may hold what people wrote. */
export interface Content {
  readonly name: string
  readonly input?: Json | undefined
  readonly output?: Json | undefined
  readonly metadata: JsonObject
  readonly error?: Json | undefined
}

/**
 * A pattern, replaced in every text; a path such as `input.messages.*.content`, `metadata.email` or
 * `output.**.ssn` (`*` is any one member, `**` any number of them), whose value is replaced; or a
 * function that gives the content to record.
 */
export type Redaction = RegExp | string | ((content: Content) => Partial<Content>)

/** @throws Whatever a function of the application throws. */
export function redacting(rules: readonly Redaction[]): (record: SpanRecord) => SpanRecord {
  const steps = rules.map(stepOf)
  return (record) => {
    const { name, input, output, metadata, error, call } = record
    const given: Content = { name, input, output, metadata, error: error as Json | undefined }
    const {
      input: shownInput,
      output: shownOutput,
      ...shown
    } = steps.reduce<Partial<Content>>(
      (content, step) => step({ name, metadata: {}, ...content }),
      given,
    )
    const { input: _input, output: _output, ...rest } = record
    return {
      ...rest,
      name: shown.name ?? name,
      metadata: shown.metadata ?? {},
      ...(shownInput !== undefined && { input: shownInput }),
      ...(shownOutput !== undefined && { output: shownOutput }),
      ...(error && { error: { ...(shown.error as object), type: error.type } }),
      // What the model said stands in the output, and is not searched twice.
      ...(call && { call: { ...call, ...withoutSaid(call) } }),
    }
  }
}

function withoutSaid({ error, response }: NonNullable<SpanRecord['call']>) {
  const choices = response.choices.map((choice) => ({
    ...choice,
    message: { ...choice.message, parts: [] },
  }))
  return { response: { ...response, choices }, ...(error && { error: { type: error.type } }) }
}

type Step = (content: Content) => Partial<Content>

function stepOf(rule: Redaction): Step {
  if (typeof rule === 'function') return rule
  if (typeof rule === 'string') return (content) => hidden(content, rule.split('.')) as Content
  const pattern = new RegExp(rule.source, rule.flags.replace(/[gy]/g, '') + 'g')
  return (content) => replaced(content, pattern) as Content
}

function replaced(value: unknown, pattern: RegExp): unknown {
  if (typeof value === 'string') return value.replace(pattern, REDACTED)
  return mapped(value, (member) => replaced(member, pattern))
}

function hidden(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return REDACTED
  if (!isAnyObject(value)) return value
  const here = first === '**' ? hidden(value, rest) : value
  return mapped(here, (member, name) => {
    if (first === '**') return hidden(member, [first, ...rest])
    return first === '*' || first === name ? hidden(member, rest) : member
  })
}

/** A copy, member by member; what has no members is itself. */
function mapped(value: unknown, change: (member: unknown, name: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item, index) => change(item, String(index)))
  if (!isAnyObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, change(member, name)]),
  )
}
