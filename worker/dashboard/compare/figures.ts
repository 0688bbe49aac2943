/**
 * Two numbers and what lies between them. What is not known on one side has no difference.
 *
 * @module
 */

import { count } from '../units.ts'

/** Of what is less, the amount says more. */
const LEAST_SHARE = 0.0005

/** `−2.80 s (−31 %)`, `the same`; `undefined` where it cannot be said. */
export function difference(
  a: number | null | undefined,
  b: number | null | undefined,
  words: (amount: number) => string,
): string | undefined {
  if (a === null || a === undefined || b === null || b === undefined) return undefined
  const amount = b - a
  if (amount === 0) return 'the same'
  const sign = amount < 0 ? '−' : '+'
  const share = a > 0 ? Math.abs(amount) / a : 0
  const part = share >= 0.1 ? percent(share) : `${(share * 100).toFixed(1)}\u00a0%`
  return `${sign}${words(Math.abs(amount))}${share >= LEAST_SHARE ? ` (${sign}${part})` : ''}`
}

/** Whole per cents, except where they would say that there is nothing, or all. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return 'under 1\u00a0%'
  if (share > 0.995 && share < 1) return '99\u00a0%'
  return `${count(Math.round(share * 100))}\u00a0%`
}
