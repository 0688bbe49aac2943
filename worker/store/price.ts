/**
 * What a call costs, as a store asks for it when a call is written.
 *
 * @module
 */

import type { Known } from './merge.ts'

/** In billionths of a US dollar; `null` if it is no call, or its cost is not known. */
export type Price = (call: Known) => number | null
