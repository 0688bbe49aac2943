/**
 * Time: the wall clock for when, a monotonic one for how long.
 *
 * On Workers both stand still between I/O, by design of the platform.
 *
 * @see https://developers.cloudflare.com/workers/runtime-apis/performance/
 * @module
 */

/** Past this the monotonic clock was asleep (a suspended laptop) and the wall clock is right. */
const MAX_DRIFT_MS = 50

/** Milliseconds since 1970, with fractions where the runtime has them. */
export function unixMs(): number {
  const coarse = Date.now()
  const fine = performance.timeOrigin + performance.now()
  return Math.abs(fine - coarse) < MAX_DRIFT_MS ? fine : coarse
}

/** Starts a stopwatch: each call of the result gives the milliseconds since. */
export function stopwatch(): () => number {
  const start = performance.now()
  return () => performance.now() - start
}
