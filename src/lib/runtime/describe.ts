/**
 * What runtime this is, in words for a person. Nothing is decided by it.
 *
 * @module
 */

import { globals } from './globals.ts'
import { nameOfWaitUntil } from './keep-alive.ts'

/** Such as `Node.js/24`, `Deno/2.9.5`, `Cloudflare-Workers`, or what a browser says of itself. */
export function runtimeName(): string {
  return globals.navigator?.userAgent ?? `Node.js/${globals.process?.version ?? 'unknown'}`
}

/** When what is left is sent. */
export function lifetime(): string {
  const platform = nameOfWaitUntil()
  if (platform) return `with each invocation (waitUntil of ${platform})`
  if (globals.process?.on) return 'when the process ends'
  return globals.document ? 'when the page is hidden' : 'by time alone: call flush()'
}

/** Far more than a clock that moves needs to do so, and a few milliseconds of one that does not. */
const MAX_LOOKS = 100_000

/** Milliseconds of the clock's smallest step; none if it stands still while the program computes. */
export function clockStepMs(now: () => number = () => performance.now()): number | undefined {
  let start = now()
  let least: number | undefined
  for (let look = 0; look < MAX_LOOKS && (least ?? 1) > 0.001; look += 1) {
    const time = now()
    if (time === start) continue
    least = Math.min(least ?? Infinity, time - start)
    start = time
  }
  return least
}
