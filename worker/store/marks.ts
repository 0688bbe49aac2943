/**
 * What a trace can be found by on account of one of its steps: a field and a value, word for word.
 *
 * The status is not among them: it is that of the trace.
 *
 * @module
 */

import type { SentCall } from '../../src/lib/ingest.ts'
import type { Json, JsonObject } from '../../src/lib/json.ts'
import type { Resource, SpanKind } from '../../src/lib/record.ts'
import type { ErrorRecord } from '../../src/lib/error-record.ts'
import type { MarkTerm, WordField } from './query.ts'
import { type Scores, validScores } from './score.ts'
import { shownKind, shownName } from './shown.ts'
import type { ShownScore } from './store.ts'

export type MarkField = Exclude<WordField, 'status'> | 'metadata' | 'score'
export type Mark = readonly [field: MarkField, value: string]

/** What the marks of a step are made of. */
export interface Marked {
  kind: SpanKind | null
  name: string | null
  parentId: string | null
  model: string | null
  provider: string | null
  userId: string | null
  sessionId: string | null
  environment: string | null
  tags: readonly string[] | null
  metadata: JsonObject | null
  scores: Scores | null
  resource: Resource | null
  call: SentCall | null
  error: ErrorRecord | null
}

export function marksOf(step: Marked): Mark[] {
  const { resource, call } = step
  const marks: [MarkField, string | null | undefined][] = [
    ['kind', shownKind(step)],
    ['name', shownName(step)],
    ['model', step.model],
    ['provider', step.provider],
    ['user', step.userId],
    ['session', step.sessionId],
    ['environment', step.environment],
    ['service', resource?.service],
    ['release', resource?.release],
    ['ended', call?.ended],
    // As a set: a tag given twice is one mark.
    ...[...new Set(step.tags)].map((tag): [MarkField, string] => ['tag', tag]),
    ...hasOf(step).map((what): [MarkField, string] => ['has', what]),
    ...metadataMarks(step.metadata),
    ...scoreMarks(step.scores),
  ]
  return marks.filter((mark): mark is [MarkField, string] => typeof mark[1] === 'string')
}

/** The words of `has:`. */
export const HAS = [
  'error',
  'tool',
  'retry',
  'cache',
  'reasoning',
  'image',
  'audio',
  'truncated',
  'score',
] as const

function hasOf(step: Marked): string[] {
  const { call, error } = step
  const { usage, attempts = [], capture, response } = call ?? {}
  const isAny = (...counts: (number | null | undefined)[]) =>
    counts.some((count) => (count ?? 0) > 0)
  const has: Record<(typeof HAS)[number], boolean> = {
    error: error !== null,
    tool:
      shownKind(step) === 'tool' ||
      (response?.choices ?? []).some((one) => one.finishReason === 'tool_call'),
    retry: attempts.length > 0,
    cache: isAny(usage?.cacheRead),
    reasoning: isAny(usage?.reasoning),
    image: isAny(usage?.imageInput, usage?.imageOutput),
    audio: isAny(usage?.audioInput, usage?.audioOutput),
    truncated: capture?.truncated === true,
    score: Object.keys(validScores(step.scores)).length > 0,
  }
  return HAS.filter((what) => has[what])
}

/** A step has at most this many marks from its metadata, each at most this long. */
const MAX_METADATA = 32
const MAX_CHARS = 200

/** Documented as counts of their own: as marks they would be as many as there are steps. */
const COUNTS = new Set(['model', 'input_tokens', 'output_tokens', 'total_tokens', 'latency_ms'])

function metadataMarks(metadata: JsonObject | null): [MarkField, string][] {
  return Object.entries(metadata ?? {})
    .filter(([key]) => !COUNTS.has(key))
    .flatMap(([key, value]): [MarkField, string][] => {
      const text = metadataText(value)
      return text === undefined || key.length + text.length > MAX_CHARS
        ? []
        : [['metadata', keyedMark(key, text)]]
    })
    .slice(0, MAX_METADATA)
}

/** What a filter is compared with; of what has parts, nothing. */
function metadataText(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

function scoreMarks(scores: Scores | null): [MarkField, string][] {
  return Object.entries(validScores(scores)).flatMap(([name, { value }]): [MarkField, string][] =>
    value === null ? [] : [['score', scoreMark(name, value)]],
  )
}

/** A word stands after a quotation mark, so that none is taken for a number. */
export function scoreMark(name: string, value: number | string): string {
  return keyedMark(name, typeof value === 'number' ? String(value) : `"${value}`)
}

/** What a mark of a score says. */
export function shownScore(mark: string): ShownScore {
  const at = mark.indexOf('\n')
  return { name: mark.slice(0, at), value: mark.slice(at + 1).replace(/^"/, '') }
}

/** As marks of its field say it. */
export function markOf(term: MarkTerm, value: string): string {
  if (term.field === 'score') return scoreMark(term.key, value)
  return term.field === 'metadata' ? keyedMark(term.key, value) : value
}

/** Key and value in one; a line break in the key is none that a filter could ask for. */
function keyedMark(key: string, value: string): string {
  return `${key.replaceAll('\n', ' ')}\n${value}`
}
