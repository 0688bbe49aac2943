/**
 * What a call costs, as a store asks for it when a call is written.
 *
 * @module
 */

import type { Known } from './merge.ts'

/** In billionths of a US dollar; `null` if it is no call, or its cost is not known. */
export type Price = (call: Known) => number | null

/** Prices, with those that a project sets itself before all others. */
export type Pricing = (rules: readonly PriceRule[]) => Price

/** What a project pays for a model: US dollars for a million tokens. */
export interface PriceRule {
  /** Its name, word for word; with `*` at the end whatever begins so. */
  model: string
  /** Absent: whoever serves it. */
  provider?: string
  input: number
  output: number
  /** Of tokens read from a cache, and written to one; as `input` unless told. */
  cacheRead?: number
  cacheWrite?: number
}
