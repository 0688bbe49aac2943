/**
 * What is not taken, with the reason for whoever sent it: what was wrong and what was found, never
 * the captured text itself.
 *
 * @module
 */

import type { Json } from '../../src/lib/json.ts'

export type RefusedStatus = 400 | 408 | 413 | 415

export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: RefusedStatus

  constructor(message: string, status: RefusedStatus = 400) {
    super(message)
    this.status = status
  }
}

/** Names the kind of a value, as in "found a number". */
export function kindOf(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object'
  return `a ${typeof value}`
}

export function count(amount: number): string {
  return amount.toLocaleString('en')
}
