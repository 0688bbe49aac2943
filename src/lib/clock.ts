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
  return Math.abs(fine - coarse) < MAX_DRIFT_MS ? toMicroseconds(fine) : coarse
}

/** Starts a stopwatch: each call of the result gives the milliseconds since, to the microsecond. */
export function stopwatch(): () => number {
  const start = performance.now()
  return () => toMicroseconds(performance.now() - start)
}

/** Further digits are noise, and cost as much to send as the rest. */
export function toMicroseconds(ms: number): number {
  return Math.round(ms * 1_000) / 1_000
}
