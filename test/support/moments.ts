/**
 * What has happened to a request on the server's side, for a client that waits to be told.
 *
 * @module
 */

/**
 * `waiting`: it is there in full, and will not be answered; `written`: its answer has been handed to
 * the network as far as it goes; `closed`: its connection is gone before the answer was complete.
 */
export type Moment = 'waiting' | 'written' | 'closed'

/** Of a browser it may happen that it never says that it left. */
const LIMIT_MS = 2_000

const happened = new Set<string>()
const listeners = new Map<string, (seen: boolean) => void>()

export function happens(id: string, moment: Moment): void {
  const key = `${id}/${moment}`
  happened.add(key)
  listeners.get(key)?.(true)
}

/** Settles when it happens, at once where it has; `false` where it does not within the limit. */
export function untilSeen(id: string, moment: string): Promise<boolean> {
  const key = `${id}/${moment}`
  if (happened.has(key)) return Promise.resolve(true)
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LIMIT_MS, false)
    listeners.set(key, (seen) => {
      clearTimeout(timer)
      resolve(seen)
    })
  })
}
