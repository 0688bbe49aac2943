/**
 * A timer that does not keep a process alive by itself.
 *
 * @module
 */

import { isAnyObject } from '../json.ts'

/** Returns the undoing. */
export function unobtrusiveTimer(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms)
  const handle: unknown = timer // a number on the Web platform, an object in processes
  if (isAnyObject(handle) && typeof handle.unref === 'function') handle.unref()
  return () => clearTimeout(timer)
}
