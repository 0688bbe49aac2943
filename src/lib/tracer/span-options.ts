/**
 * What may be said of a span, and of all calls of a client.
 *
 * @module
 */

import { LEVELS, type ContentLevel } from '../content.ts'
import type { JsonObject } from '../json.ts'
import { SPAN_KINDS, type SpanKind } from '../record.ts'
import { isObject, isString, isText, isTexts, type Known } from './checks.ts'

/** Given to every call that a client makes. */
export interface CallDefaults {
  tags?: readonly string[] | undefined
  metadata?: JsonObject | undefined
  /** How much of what is said is recorded; where several say so, the least counts. */
  content?: ContentLevel | undefined
}

export const LABELS: Known = {
  tags: [isTexts, 'an array of strings'],
  metadata: [isObject, 'an object'],
}

const WORDS: readonly unknown[] = LEVELS
export const CONTENT: Known[string] = [
  (value: unknown) => WORDS.includes(value),
  `one of ${LEVELS.join(', ')}`,
]

export const CALL_DEFAULTS: Known = { ...LABELS, content: CONTENT }

/** Given to every span and call inside. */
export interface Attributes extends CallDefaults {
  /** Whom it is for. */
  userId?: string | undefined
  /** The conversation it belongs to. */
  sessionId?: string | undefined
}

export const ATTRIBUTES: Known = {
  ...CALL_DEFAULTS,
  userId: [isString, 'a string'],
  sessionId: [isString, 'a string'],
}

export interface SpanOptions {
  /** What the step is; `task` unless told, `workflow` for a root. */
  kind?: SpanKind | undefined
  /** Any value; recorded as JSON, bounded, without secrets. */
  input?: unknown
  tags?: readonly string[] | undefined
  metadata?: Readonly<Record<string, unknown>> | undefined
  /** How much of what is said in it is recorded, and in everything inside; the least counts. */
  content?: ContentLevel | undefined
  /** Whom it is for. Inherited by everything inside. */
  userId?: string | undefined
  /** The conversation it belongs to. Inherited by everything inside. */
  sessionId?: string | undefined
  /**
   * In place of the ambient parent: a span, what `export()` gave of one elsewhere, a `traceparent`, or an
   * incoming request or its headers. Where these name none, the parent is the one it would be anyway.
   */
  parent?: object | string | undefined
}

const KINDS: readonly unknown[] = SPAN_KINDS

export const SPAN_OPTIONS: Known = {
  ...ATTRIBUTES,
  name: [isText, 'a string'],
  kind: [(value: unknown) => KINDS.includes(value), `one of ${KINDS.join(', ')}`],
  input: [() => true, 'any value'],
  parent: [
    (value: unknown) => isText(value) || isObject(value),
    'a span, what export() gave, a traceparent, a request or its headers',
  ],
} as const
