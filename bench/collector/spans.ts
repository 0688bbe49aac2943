/** Spans to fill a store with: the same ones every time. */

import { spanIdOf, traceIdOf } from '../../src/lib/ids.ts'
import type { SpanChange } from '../../worker/store/store.ts'

export const SPANS_AT_ONCE = 1000
export const SPANS_PER_TRACE = 10

/** The first span begins here; then there are fifty a second. */
export const START_US: number = Date.UTC(2026, 8, 1) * 1000
export const STEP_US = 20_000

const WORDS = 5000
const WORDS_PER_SPAN = 240

/** Batches in order of time; several may take from it. */
export function* batches(size: number): Generator<SpanChange[]> {
  for (let start = 0; start < size; start += SPANS_AT_ONCE) {
    yield Array.from({ length: Math.min(SPANS_AT_ONCE, size - start) }, (_, index) =>
      span(start + index),
    )
  }
}

/** Of a time-ordered UUID: its beginning is the time, its end has no order. */
export function idOf(number: number): string {
  const millis = Math.floor((START_US + number * STEP_US) / 1000)
  const time = millis.toString(16).padStart(12, '0')
  const rest = scatter(number).toString(16).padStart(8, '0') + number.toString(16).padStart(7, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8${rest.slice(0, 3)}-${rest.slice(3)}`
}

function span(number: number): SpanChange {
  const first = number - (number % SPANS_PER_TRACE)
  const isRoot = number === first
  const isCall = number % 2 === 1
  const id = idOf(number)
  const startUs = START_US + number * STEP_US
  const isError = number % 97 === 0
  return {
    id,
    spanId: spanIdOf(id),
    traceId: traceIdOf(idOf(first)),
    parentId: isRoot ? null : spanIdOf(idOf(first)),
    seq: 1,
    name: isRoot ? `workflow ${(first / SPANS_PER_TRACE) % 20}` : `step ${number % 10}`,
    kind: isCall ? 'generation' : 'task',
    status: isError ? 'error' : 'success',
    startUs,
    endUs: startUs + 1000 + (scatter(number) % 5_000_000),
    model: isCall ? `model-${scatter(number) % 8}` : null,
    provider: isCall ? 'openai' : null,
    inputTokens: isCall ? scatter(number) % 4000 : null,
    outputTokens: isCall ? scatter(number) % 500 : null,
    userId: isRoot ? `user-${scatter(number) % 1000}` : null,
    sessionId: isRoot ? `session-${Math.floor(number / 100)}` : null,
    environment: 'production',
    resource: null,
    error: isError ? { type: 'rate_limit', message: 'too many requests' } : null,
    call: null,
    tags: isRoot ? [`tag-${(first / SPANS_PER_TRACE) % 50}`] : null,
    metadata: { version: `1.${number % 30}`, number },
    input: { messages: [{ role: 'user', content: text(number) }] },
    output: isCall ? { role: 'assistant', content: `answer-${number} ${word(number)}` } : null,
  }
}

/** Words of which few are common and most are rare. */
function text(number: number): string {
  return Array.from({ length: WORDS_PER_SPAN }, (_, index) =>
    word(scatter(number * WORDS_PER_SPAN + index)),
  ).join(' ')
}

function word(chance: number): string {
  const share = (chance % 1_000_003) / 1_000_003
  return `word${Math.floor(WORDS ** share)}`
}

/** A number without a pattern, the same every time. */
function scatter(number: number): number {
  let mixed = Math.imul(number + 1, 0x9e3779b1)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
