/**
 * Gathers what changed in a project into messages: the first change is told at once, those that follow
 * it closely together.
 *
 * @module
 */

import { MAX_NAMED, type News, NEWS_EVERY_MS, RECENT_MS } from './live.ts'
import type { SpanChange } from './store.ts'

export interface Newsroom {
  /** `null` for a trace that is not known by name. */
  note(traces: readonly (string | null)[]): void
  /** What changed lately, for who begins to listen. */
  recent(): string | undefined
}

export interface NewsroomOptions {
  isHeard: () => boolean
  tell: (message: string) => void
  /** Milliseconds since 1970. */
  now?: () => number
  later?: (action: () => void, afterMs: number) => unknown
}

export function tracesOf(changes: readonly SpanChange[]): (string | null)[] {
  return changes.map(({ traceId }) => traceId)
}

export function newsroom({
  isHeard,
  tell,
  now = Date.now,
  later = (action, afterMs) => setTimeout(action, afterMs),
}: NewsroomOptions): Newsroom {
  let untold = gathering()
  let isPausing = false
  let lately = { sinceMs: 0, names: gathering() }
  let before = lately

  function turn(): void {
    if (now() - lately.sinceMs < RECENT_MS) return
    before = lately
    lately = { sinceMs: now(), names: gathering() }
  }

  function send(): void {
    isPausing = false
    const message = untold.message()
    untold = gathering()
    if (message === undefined || !isHeard()) return
    tell(message)
    isPausing = true
    later(send, NEWS_EVERY_MS)
  }

  return {
    note(traces) {
      turn()
      lately.names.add(traces)
      untold.add(traces)
      if (!isPausing) send()
    },
    recent() {
      turn()
      const names = gathering()
      for (const part of [before, lately]) {
        if (now() - part.sinceMs < 2 * RECENT_MS) names.merge(part.names)
      }
      return names.message()
    },
  }
}

interface Gathering {
  add(traces: readonly (string | null)[]): void
  merge(other: Gathering): void
  news(): News
  message(): string | undefined
}

function gathering(): Gathering {
  const named = new Set<string>()
  let others = false
  function add(traces: readonly (string | null)[]): void {
    for (const trace of traces) {
      if (trace !== null && (named.has(trace) || named.size < MAX_NAMED)) named.add(trace)
      else others = true
    }
  }
  const news = () => ({ traces: [...named], others })
  return {
    add,
    merge(other) {
      const { traces, others: more } = other.news()
      add(traces)
      others ||= more
    },
    news,
    message: () => (named.size > 0 || others ? JSON.stringify(news()) : undefined),
  }
}
