/**
 * A unit of work, where an invocation ends with its reply: its records leave together, when it is over.
 *
 * The invocation that began it is kept alive until then, and sends them: no promise of one request is
 * ever waited for by another.
 *
 * @module
 */

import type { WaitUntil } from '../runtime/keep-alive.ts'
import { unobtrusiveTimer } from '../runtime/timer.ts'

export interface Hold {
  readonly isOpen: boolean
  /** How many need it still. */
  readonly users: number
  retain(): void
  release(): void
}

/** Workers cancel what still runs 30 s after the reply. */
const MAX_HOLD_MS = 25_000

/**
 * The invocation is asked to wait when somebody first has something to record in it.
 *
 * @param send Sends what belongs to the hold: when it is over, and before the platform ends it.
 * @param users Who has it from the beginning, and will release it.
 */
export function createHold(
  wait: WaitUntil,
  send: (hold: Hold) => Promise<void>,
  users: number,
): Hold {
  let letGo: (() => void) | undefined
  let stop = () => {}
  const self = {
    isOpen: true,
    users,
    retain() {
      self.users += 1
      if (letGo) return
      keep(wait, new Promise<void>((resolve) => (letGo = resolve)))
      stop = unobtrusiveTimer(leave, MAX_HOLD_MS)
    },
    release() {
      self.users -= 1
      if (self.users > 0) return
      self.isOpen = false
      stop()
      if (letGo) leave()
    },
  }
  return self

  function leave(): void {
    keep(wait, send(self))
    letGo?.()
  }
}

export function keep(wait: WaitUntil, work: Promise<void>): void {
  try {
    wait(work)
  } catch {
    // Outside of any invocation, such as a Worker's global scope: there is nothing to keep alive.
  }
}
