/**
 * The attempts of a call that its client tried again, the last one included.
 *
 * Read as JSON from outside, as all of a call is.
 *
 * @module
 */

import { fields, items, number, string, type Json, type JsonObject } from '../../../src/lib/json.ts'
import { billedOf, costOf, type Cost } from '../../price/cost.ts'
import type { SpanRow } from '../../store/store.ts'

export interface AttemptFacts {
  /** Milliseconds after the call's start. */
  startMs: number
  endMs: number
  /** From the end of the one before. */
  gapMs?: number | undefined
  /** HTTP status, or how it ended without one. */
  outcome: string
  failed: boolean
  /** What went wrong, where the answer said more than its status. */
  reason?: string | undefined
  retryAfterMs?: number | undefined
  requestId?: string | undefined
  inputTokens?: number | undefined
  outputTokens?: number | undefined
  cost?: Cost | undefined
}

/** None for a call of one attempt. */
export function readAttempts(call: JsonObject, span: SpanRow): AttemptFacts[] {
  const earlier = items(call.attempts)
  if (earlier.length === 0) return []
  const billed = billedOf(call, span)
  const costWith = (usage: Json | undefined) => costOf({ ...billed, usage: fields(usage) })
  const all = [
    ...earlier.map((value) => ({ ...readEarlier(value), cost: costWith(fields(value).usage) })),
    { ...readLast(call), cost: costWith(call.usage) },
  ]
  const usd = all.reduce((sum, { cost }) => sum + (cost?.usd ?? 0), 0)
  const isKept = span.costNano !== null && isSameCost(usd, span.costNano)
  return all.map(({ cost, ...attempt }, index) => {
    const before = all[index - 1]
    return {
      ...attempt,
      ...(isKept && { cost }),
      ...(before && { gapMs: Math.max(0, attempt.startMs - before.endMs) }),
    }
  })
}

/** Costs are kept in billionths. Others than these rates may have been what counted. */
export function isSameCost(usd: number | undefined, nano: number): boolean {
  return usd !== undefined && Math.abs(usd * 1e9 - nano) <= 1
}

function readEarlier(value: Json): AttemptFacts {
  const attempt = fields(value)
  const error = fields(attempt.error)
  const type = string(error.type)
  const status = number(attempt.status)
  return {
    ...tokens(attempt.usage),
    startMs: number(attempt.startMs) ?? 0,
    endMs: number(attempt.endMs) ?? 0,
    outcome: status?.toString() ?? string(attempt.ended) ?? 'unknown',
    failed: true,
    reason: string(error.message) ?? (type === status?.toString() ? undefined : type),
    retryAfterMs: number(attempt.retryAfterMs),
    requestId: string(attempt.requestId),
  }
}

function readLast(call: JsonObject): AttemptFacts {
  const { startMs, endMs } = fields(call.time)
  const { status, retryAfterMs, requestId } = fields(call.http)
  const start = number(startMs) ?? 0
  const ended = string(call.ended)
  return {
    ...tokens(call.usage),
    startMs: start,
    endMs: number(endMs) ?? start,
    outcome: number(status)?.toString() ?? ended ?? 'unknown',
    failed: ended === 'error',
    retryAfterMs: number(retryAfterMs),
    requestId: string(requestId),
  }
}

function tokens(usage: Json | undefined): Pick<AttemptFacts, 'inputTokens' | 'outputTokens'> {
  const { input, output } = fields(usage)
  return { inputTokens: number(input), outputTokens: number(output) }
}
