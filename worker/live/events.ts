/**
 * News on hosts that are one process: server-sent events, from a store that notes what is written to it.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 * @module
 */

import { LISTEN_MS, type Live, MAX_LISTENERS, noPlace } from '../store/live.ts'
import { newsroom, type Newsroom, tracesOf } from '../store/newsroom.ts'
import type { Store } from '../store/store.ts'

/** Who reads so slowly that more than this waits is let go, and comes again. */
const MAX_WAITING = 16
/** Something is said this often: a connection on which nothing is said is cut on the way. */
const BEAT_MS = 25_000
/** Of so many what changed lately is remembered; the others are told from then on. */
const MAX_QUIET_PROJECTS = 1000

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
  // Left open when the stream has ended, it would keep a host from stopping.
  connection: 'close',
}

export interface LiveStore {
  store: Store
  live: Live
  /** Ends what is open: a host that waits for its requests to end would wait for ever. */
  hangUp: () => void
}

/** The store, to be used in place of the one given; and news of what is written to it. */
export function liveStore(store: Store): LiveStore {
  const projects = new Map<string, Project>()

  function projectOf(name: string): Project {
    const known = projects.get(name) ?? project()
    // Those that nobody asks for come to stand first.
    projects.delete(name)
    projects.set(name, known)
    if (projects.size > MAX_QUIET_PROJECTS) {
      const quiet = [...projects].find(([other, { isHeard }]) => other !== name && !isHeard())
      if (quiet) projects.delete(quiet[0])
    }
    return known
  }

  return {
    store: {
      ...store,
      async write(name, changes) {
        await store.write(name, changes)
        projectOf(name).news.note(tracesOf(changes))
      },
      async remove(name, what) {
        const removed = await store.remove(name, what)
        if (removed.spans > 0) projectOf(name).news.note('traces' in what ? what.traces : [null])
        return removed
      },
    },
    live: { transport: 'events', open: (name) => projectOf(name).open() },
    hangUp: () => {
      for (const { hangUp } of projects.values()) hangUp()
    },
  }
}

interface Project {
  news: Newsroom
  isHeard: () => boolean
  open: () => Response
  hangUp: () => void
}

interface Listener {
  say: (text: string) => void
  end: () => void
}

function project(): Project {
  const listeners = new Set<Listener>()
  let beat: ReturnType<typeof setInterval> | undefined
  const isHeard = () => listeners.size > 0
  const sayToAll = (text: string) => {
    for (const { say } of listeners) say(text)
  }
  const news = newsroom({ isHeard, tell: (message) => sayToAll(event(message)) })

  function leave(listener: Listener): void {
    listeners.delete(listener)
    if (isHeard() || beat === undefined) return
    clearInterval(beat)
    beat = undefined
  }

  function listen(controller: ReadableStreamDefaultController<Uint8Array>): Listener {
    const text = new TextEncoder()
    const untilMs = Date.now() + LISTEN_MS
    const listener: Listener = {
      say(words) {
        if (Date.now() >= untilMs || (controller.desiredSize ?? 0) <= 0) return listener.end()
        controller.enqueue(text.encode(words))
      },
      end() {
        leave(listener)
        controller.close()
      },
    }
    return listener
  }

  return {
    news,
    isHeard,
    hangUp: () => {
      for (const { end } of listeners) end()
    },
    open() {
      if (listeners.size >= MAX_LISTENERS) return noPlace()
      let listener: Listener | undefined
      const stream = new ReadableStream<Uint8Array>(
        {
          start(controller) {
            listener = listen(controller)
            listeners.add(listener)
            beat ??= setInterval(() => sayToAll(':\n\n'), BEAT_MS)
            const recent = news.recent()
            listener.say(recent === undefined ? ':\n\n' : event(recent))
          },
          cancel() {
            if (listener) leave(listener)
          },
        },
        { highWaterMark: MAX_WAITING },
      )
      return new Response(stream, { headers: HEADERS })
    },
  }
}

function event(message: string): string {
  return `data: ${message}\n\n`
}
