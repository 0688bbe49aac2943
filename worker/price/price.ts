/**
 * What a span costs, as the store keeps it: its call with all attempts that were answered.
 *
 * @module
 */

import { fields, items, type Json, type JsonObject } from '../../src/lib/json.ts'
import type { Known } from '../store/merge.ts'
import type { PriceRule, Pricing } from '../store/price.ts'
import { billedOf, costOf } from './cost.ts'

const NANO = 1e9

/** More is no price of a call; sums of these stay exact. */
const MAX_USD = 1e6

/** By the rates of providers, and by those that a project set itself before them. */
export const pricing: Pricing = (rules) => (span) => priceOf(span, rules)

/** In billionths of a US dollar; `null` if it is no call, or its cost is not known. */
export function priceOf(span: Known, rules: readonly PriceRule[] = []): number | null {
  if (span.call === null && span.model === null) return null
  // Plain data, as our own reader made it.
  const call = (span.call ?? {}) as unknown as JsonObject
  const billed = billedOf(call, { ...span, startUs: span.startUs ?? 0 })
  const costs = (usage: Json | undefined) => costOf({ ...billed, usage: fields(usage) }, rules)?.usd
  const earlier = items(call.attempts).flatMap((attempt) => costs(fields(attempt).usage) ?? [])
  const last = costOf(billed, rules)?.usd
  // A call that failed in the end costs what its attempts cost.
  if (last === undefined && (span.status !== 'error' || earlier.length === 0)) return null
  const usd = [...earlier, last ?? 0].reduce((sum, cost) => sum + cost, 0)
  return usd >= 0 && usd <= MAX_USD ? Math.round(usd * NANO) : null
}
