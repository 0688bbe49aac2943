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
  retain(): void
  release(): void
}

/** Workers cancel what still runs 30 s after the reply. */
const MAX_HOLD_MS = 25_000

/** @param send Sends what belongs to the hold: when it is over, and before the platform ends it. */
export function createHold(wait: WaitUntil, send: (hold: Hold) => Promise<void>): Hold {
  let open = 0
  let letGo = () => {}
  keep(wait, new Promise<void>((resolve) => (letGo = resolve)))
  const stop = unobtrusiveTimer(leave, MAX_HOLD_MS)
  const self = {
    isOpen: true,
    retain() {
      open += 1
    },
    release() {
      open -= 1
      if (open > 0) return
      self.isOpen = false
      stop()
      leave()
    },
  }
  return self

  function leave(): void {
    keep(wait, send(self))
    letGo()
  }
}

export function keep(wait: WaitUntil, work: Promise<void>): void {
  try {
    wait(work)
  } catch {
    // Outside of any invocation, such as a Worker's global scope: there is nothing to keep alive.
  }
}
