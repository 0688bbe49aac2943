/**
 * What becomes of things that the application lets go of.
 *
 * @module
 */

import { globals } from './globals.ts'

/** In workerd work can be done for a request only inside of it, and collection happens outside of all. */
const collected =
  typeof FinalizationRegistry === 'function' && !globals.WebSocketPair
    ? new FinalizationRegistry<() => void>((tell) => tell())
    : undefined

/** Calls back some time after the object has been collected; never where that cannot be known. */
export function whenCollected(object: object, tell: () => void): void {
  collected?.register(object, tell)
}

/** A reference that keeps nothing alive, where there are such. */
export function weakly<Value extends object>(value: Value): { deref(): Value | undefined } {
  return typeof WeakRef === 'function' ? new WeakRef(value) : { deref: () => value }
}
