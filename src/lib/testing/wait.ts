/**
 * Waits that end when they are no longer wanted.
 *
 * @module
 */

/** No wait is longer. */
export const MAX_WAIT_MS = 60_000

/** @throws The signal's reason, as soon as it is aborted. */
export function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    if (ms <= 0) return resolve()
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', stop)
        resolve()
      },
      Math.min(ms, MAX_WAIT_MS),
    )
    signal?.addEventListener('abort', stop, { once: true })
  })
}
