/**
 * Keeps a page up to date: looks again when the server says that something changed, and where it cannot
 * say so, every few seconds.
 *
 * Only while somebody may be watching: not in a tab in the background, not on a page that was left, and
 * not when nothing has happened for ten minutes.
 *
 * @module
 */

import { callServer, type Line } from './line.ts'

export interface Follower {
  /** Brings the page up to date; says whether anything was new. Rejects where nobody answers. */
  look(): Promise<boolean>
  /** Whether the message is of what this page shows. */
  concerns(message: string): boolean
  /** Whether to ask where nothing is said. */
  asks(): boolean
  /** Told when the line is there, and when it is not. */
  state?(isLive: boolean): void
}

const POLL_MS = 2000
const MAX_POLL_MS = 10_000
const RETRY_MS = 1000
const MAX_RETRY_MS = 30_000
/** After so many calls in vain the page asks. */
const MAX_CALLS = 3
const IDLE_MS = 10 * 60_000
/** A page that took longer on its way may have missed what the server remembers. */
const LATE_MS = 8000
/** A look takes at most a quarter of the time. */
const REST = 3
const MAX_REST_MS = 5000

export function follow({ look, concerns, asks, state }: Follower): void {
  let line: Line | undefined
  let isOpen = false
  let calls = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let pollMs = POLL_MS
  let isLooking = false
  let isStale = false
  let activeMs = Date.now()
  let isLate = performance.now() > LATE_MS

  async function bringUpToDate(): Promise<void> {
    isStale = true
    if (isLooking) return
    isLooking = true
    while (isStale && !document.hidden) {
      isStale = false
      const startMs = performance.now()
      const isNew = await look().catch(() => undefined)
      if (isNew) pollMs = POLL_MS
      else pollMs = Math.min(pollMs * 1.5, MAX_POLL_MS)
      const tookMs = performance.now() - startMs
      if (isStale)
        await new Promise((done) => setTimeout(done, Math.min(REST * tookMs, MAX_REST_MS)))
    }
    isLooking = false
  }

  function call(): void {
    clearTimeout(timer)
    timer = undefined
    if (line || document.hidden || isIdle()) return
    line = callServer({
      opened() {
        isOpen = true
        calls = 0
        state?.(true)
        if (isLate) void bringUpToDate()
        isLate = true // from now on: something may be missed while nobody listens
      },
      heard(message) {
        activeMs = Date.now()
        if (concerns(message)) void bringUpToDate()
      },
      lost() {
        line = undefined
        if (isOpen) state?.(false)
        isOpen = false
        calls += 1
        later()
      },
    })
    if (!line) later()
  }

  /** Calls again, or asks. */
  function later(): void {
    clearTimeout(timer)
    if (document.hidden || isIdle()) return
    const hasLine = document.body.dataset.live !== undefined
    if (asks() && (!hasLine || calls > MAX_CALLS)) {
      timer = setTimeout(() => void bringUpToDate().then(call), pollMs)
    } else if (hasLine) {
      // Not all pages at once, after the server was away.
      const waitMs = Math.min(RETRY_MS * 2 ** calls, MAX_RETRY_MS) * (0.5 + Math.random() / 2)
      timer = setTimeout(call, waitMs)
    }
  }

  function rest(): void {
    clearTimeout(timer)
    line?.hangUp()
    line = undefined
    if (isOpen) state?.(false)
    isOpen = false
  }

  function resume(): void {
    if (document.hidden) return rest()
    activeMs = Date.now()
    calls = 0
    if (!line) call()
  }

  const isIdle = () => Date.now() - activeMs > IDLE_MS

  document.addEventListener('visibilitychange', resume)
  addEventListener('pagehide', rest) // an open line would keep the page out of the back-forward cache
  addEventListener('pageshow', ({ persisted }) => persisted && resume())
  for (const sign of ['pointerdown', 'keydown', 'focus'] as const) {
    addEventListener(sign, () => (isIdle() ? resume() : (activeMs = Date.now())), { passive: true })
  }
  setInterval(() => isIdle() && rest(), IDLE_MS / 10)
  call()
}
