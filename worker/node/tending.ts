/**
 * Does what a store puts off, a moment after it was written to, and lets others in between.
 *
 * @module
 */

/** So long after a write, what it put off is done. */
const TEND_MS = 1000

/** Between two slices, where there is more. */
const NEXT_MS = 20

export interface Tending {
  /** There may be something to do. */
  soon(): void
  stop(): void
}

/** @param tend Does a slice, and says whether there is more. What fails is tried again after the next write. */
export function tending(tend: () => Promise<boolean>, onError: (error: unknown) => void): Tending {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false

  function after(ms: number): void {
    if (isStopped || timer !== undefined) return
    timer = setTimeout(() => void slice(), ms)
    timer.unref()
  }

  async function slice(): Promise<void> {
    timer = undefined
    try {
      if (await tend()) after(NEXT_MS)
    } catch (error) {
      if (!isStopped) onError(error)
    }
  }

  return {
    soon: () => after(TEND_MS),
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
