/**
 * A trace in one line: what its steps add up to.
 *
 * @module
 */

import type { SpanStatus } from '../../../src/lib/record.ts'
import type { SpanRow } from '../../store/store.ts'

export interface Totals {
  name: string
  status: SpanStatus
  startUs: number
  /** `null` while it runs. */
  durationUs: number | null
  steps: number
  calls: number
  errors: number
  /** `null` if no call told its usage. */
  inputTokens: number | null
  outputTokens: number | null
  /** Of the calls that have a price; `null` if none has. */
  costUsd: number | null
  /** Calls without one: what they cost comes on top. */
  unpriced: number
  models: string[]
  tags: string[]
  userId: string | null
  sessionId: string | null
  environment: string | null
}

/** @param spans At least one, in order of their start. */
export function totals(spans: readonly [SpanRow, ...SpanRow[]]): Totals {
  const root = spans.find((span) => span.parentId === null) ?? spans[0]
  const calls = spans.filter(isCall)
  const running = spans.some((span) => span.status === 'running')
  const startUs = Math.min(...[root, spans[0]].map((span) => span.startUs))
  const endUs = spans.reduce(
    (latest, span) => Math.max(latest, span.endUs ?? span.startUs),
    startUs,
  )
  return {
    name: root.name,
    status: root.status,
    startUs,
    durationUs: running ? null : endUs - startUs,
    steps: spans.length,
    calls: calls.length,
    errors: spans.filter((span) => span.status === 'error').length,
    inputTokens: sum(calls.map((call) => call.inputTokens)),
    outputTokens: sum(calls.map((call) => call.outputTokens)),
    costUsd: usd(sum(calls.map((call) => call.costNano))),
    unpriced: calls.filter(isUnpriced).length,
    models: distinct(spans.map((span) => span.model)),
    tags: distinct(spans.flatMap((span) => span.tags)),
    userId: root.userId ?? first(spans.map((span) => span.userId)),
    sessionId: root.sessionId ?? first(spans.map((span) => span.sessionId)),
    environment: root.environment ?? first(spans.map((span) => span.environment)),
  }
}

/** One that failed before it was answered costs nothing. */
function isUnpriced({ costNano, status }: SpanRow): boolean {
  return costNano === null && status === 'success'
}

function usd(nano: number | null): number | null {
  return nano === null ? null : nano / 1e9
}

/** Whether a step is a call to a model. A parent that repeats the sums of its calls is none. */
export function isCall(span: SpanRow): boolean {
  return span.call !== null || span.model !== null || span.kind === 'generation'
}

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? known.reduce((total, value) => total + value, 0) : null
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))]
}

function first(values: readonly (string | null)[]): string | null {
  return values.find((value) => value !== null) ?? null
}
