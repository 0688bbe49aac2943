/**
 * One writer at a time, and whatever waits meanwhile in one transaction.
 *
 * A hundred senders cost hardly more than one this way, and none of them gets into another's way.
 *
 * @module
 */

import type { SpanChange } from '../store.ts'

/** More wait for the next transaction. */
const MAX_CHANGES = 1000

interface Waiting {
  changes: readonly SpanChange[]
  resolve: () => void
  reject: (reason: unknown) => void
}

export interface WriteQueue {
  /** Resolves when these are written. */
  write(changes: readonly SpanChange[]): Promise<void>
  /** Runs something that must not meet a write. */
  alone<T>(work: () => Promise<T>): Promise<T>
}

export function writeQueue(write: (changes: readonly SpanChange[]) => Promise<void>): WriteQueue {
  let waiting: Waiting[] = []
  let busy: Promise<unknown> = Promise.resolve()

  function alone<T>(work: () => Promise<T>): Promise<T> {
    const result = busy.then(work)
    busy = result.catch(() => {})
    return result
  }

  async function next(): Promise<void> {
    const some = take()
    if (some.length === 0) return
    try {
      await write(some.flatMap(({ changes }) => changes))
      for (const { resolve } of some) resolve()
    } catch (error) {
      // What one of them cannot be is not the others' fault.
      if (some.length === 1) for (const { reject } of some) reject(error)
      else for (const one of some) await write(one.changes).then(one.resolve, one.reject)
    }
  }

  function take(): Waiting[] {
    let count = 0
    const end = waiting.findIndex(({ changes }, index) => {
      count += changes.length
      return index > 0 && count > MAX_CHANGES
    })
    const some = end < 0 ? waiting : waiting.slice(0, end)
    waiting = waiting.slice(some.length)
    return some
  }

  return {
    alone,
    write: (changes) =>
      new Promise((resolve, reject) => {
        waiting.push({ changes, resolve, reject })
        void alone(next)
      }),
  }
}
