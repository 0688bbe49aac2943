/**
 * Watches a response body without owning it.
 *
 * The consumer sets the pace: nothing is read ahead of it (unlike `tee()`, whose slower branch
 * buffers without bound), its cancellation goes upstream, and a failing observer is let go.
 *
 * @module
 */

import type { Filter } from './without.ts'
import { weakly, whenCollected } from '../runtime/garbage.ts'

export type Bytes = Uint8Array<ArrayBuffer>

export interface Observer {
  /** The consumer has asked for the next bytes. */
  asked?(): void
  /** The next bytes, on loan: they are gone when the call returns. */
  chunk(bytes: Uint8Array): void
  /** Called once, when there will be no more. */
  end(outcome: StreamEnd, error?: unknown): void
}

/** `abandoned`: dropped before its end by who had it, and collected. */
export type StreamEnd = 'closed' | 'cancelled' | 'failed' | 'abandoned'

type Controller = ReadableByteStreamController | ReadableStreamDefaultController<Bytes>

const NO_READ_AHEAD = { highWaterMark: 0 }

/**
 * The same bytes in the same chunks, passing by the observer on their way to the consumer.
 *
 * @param filter Takes out what is there for the observer alone.
 */
export function observe(
  source: ReadableStream<Bytes>,
  observer: Observer,
  filter?: Filter,
): ReadableStream<Bytes> {
  const bytes = isByteStream(source) // as bodies are, but for Bun: callers may ask for a BYOB reader
  const reader = source.getReader()
  const life = { over: false }
  let reading = false
  let last: (() => void) | undefined // how the source ended, told between two reads or after one
  let ends: Ends | undefined // alive as long as `pull` is, and so as the stream

  const watched = {
    start(controller: Controller) {
      ends = {
        closed: () => settle(() => close(controller)),
        failed: (error) => settle(() => fail(controller, error)),
      }
      tellEnd(reader, ends)
    },
    async pull(controller: Controller) {
      reading = true
      observer.asked?.()
      try {
        for (;;) {
          const { done, value } = await reader.read()
          if (done) ends?.closed()
          if (done || life.over || pass(controller, value)) break
        }
      } catch (error) {
        fail(controller, error)
      }
      reading = false
      last?.()
    },
    cancel(reason: unknown) {
      finish('cancelled')
      return reader.cancel(reason)
    },
  }
  const stream = bytes
    ? new ReadableStream({ type: 'bytes', ...watched })
    : new ReadableStream(watched, NO_READ_AHEAD)
  whenCollected(stream, abandonment(reader, observer, life))
  return stream

  /** Whether there was anything to hand on: nothing cannot be enqueued. */
  function pass(controller: Controller, chunk: Bytes): boolean {
    observer.chunk(chunk) // before `enqueue`, which detaches the buffer
    const passing = filter ? filter.pass(chunk) : chunk
    if (passing.byteLength === 0) return false
    controller.enqueue(passing)
    return true
  }

  function settle(end: () => void): void {
    last = end
    if (!reading) end()
  }

  function close(controller: Controller): void {
    if (life.over) return
    finish('closed')
    passRest(controller)
    controller.close()
    if ('byobRequest' in controller) controller.byobRequest?.respond(0)
  }

  function fail(controller: Controller, error: unknown): void {
    if (life.over) return
    finish('failed', error)
    passRest(controller)
    controller.error(error)
  }

  /** What the filter held back, for it might have gone on to be something else. */
  function passRest(controller: Controller): void {
    const rest = filter?.rest()
    if (rest?.byteLength) controller.enqueue(rest)
  }

  function finish(outcome: StreamEnd, error?: unknown): void {
    life.over = true
    if (outcome === 'failed') FAILURES.set(stream, { error })
    observer.end(outcome, error)
  }
}

const FAILURES = new WeakMap<ReadableStream<Bytes>, { error: unknown }>()

/** What such a stream has failed with. */
export function failureOf(stream: ReadableStream<Bytes>): { error: unknown } | undefined {
  return FAILURES.get(stream)
}

interface Ends {
  closed(): void
  failed(error: unknown): void
}

// The next two stand outside of `observe`, whose closures hold the stream: the source lives as long
// as its connection does, and must not keep alive a stream that the application has dropped.

/** A body that ends or fails between two reads says so at once, as it does untraced. */
function tellEnd(reader: ReadableStreamDefaultReader<Bytes>, ends: Ends): void {
  const known = weakly(ends)
  reader.closed.then(
    () => known.deref()?.closed(),
    (error: unknown) => known.deref()?.failed(error),
  )
}

/** Nobody can read it any more: the connection is let go, as runtimes do with bodies of their own. */
function abandonment(
  reader: ReadableStreamDefaultReader<Bytes>,
  observer: Observer,
  life: { readonly over: boolean },
): () => void {
  return () => {
    if (life.over) return
    observer.end('abandoned')
    reader.cancel().catch(() => {})
  }
}

/** Whether readers may bring their own buffer. */
export function isByteStream(stream: ReadableStream<unknown>): stream is ReadableStream<Bytes> {
  try {
    stream.getReader({ mode: 'byob' }).releaseLock()
    return true
  } catch {
    return false
  }
}

/** An observer whose failure is reported once and never felt by the stream. */
export function isolate(observer: Observer, report: (error: unknown) => void): Observer {
  let live = true
  return {
    asked: () => attempt(() => observer.asked?.()),
    chunk: (bytes) => attempt(() => observer.chunk(bytes)),
    end: (outcome, error) => attempt(() => observer.end(outcome, error)),
  }

  function attempt(notify: () => void): void {
    if (!live) return
    try {
      notify()
    } catch (error) {
      live = false
      report(error)
    }
  }
}
