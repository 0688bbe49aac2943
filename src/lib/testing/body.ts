/**
 * Bodies of responses that did not come over the network, and behave as if they had: nothing is made
 * before it is read, an abort fails them at once, and readers may bring their own buffer.
 *
 * @module
 */

import type { Bytes } from '../capture/observe.ts'
import { rewrap } from '../capture/rewrap.ts'

export interface Pieces {
  /** The next bytes, and `undefined` after the last. `stop` is aborted when nobody wants them any more. */
  next(stop: AbortSignal): Promise<Bytes | undefined>
  /** Told when the reader leaves. */
  cancel?(reason: unknown): Promise<void>
}

export function bodyOf(pieces: Pieces, signal: AbortSignal | undefined): ReadableStream<Bytes> {
  const stop = new AbortController()
  let over = false
  let abort = () => {}
  return new ReadableStream({
    type: 'bytes',
    start(controller) {
      abort = () => {
        finish(signal?.reason)
        controller.error(signal?.reason)
        pieces.cancel?.(signal?.reason).catch(() => {}) // it may have failed by the same abort
      }
      if (signal?.aborted) abort()
      else signal?.addEventListener('abort', abort, { once: true })
    },
    async pull(controller) {
      try {
        let piece = await pieces.next(stop.signal)
        while (piece?.byteLength === 0) piece = await pieces.next(stop.signal)
        if (over) return
        if (piece) return controller.enqueue(piece)
        finish(undefined)
        controller.close()
        controller.byobRequest?.respond(0)
      } catch (error) {
        if (over) return
        finish(error)
        controller.error(error)
      }
    },
    cancel(reason) {
      finish(reason)
      return pieces.cancel?.(reason)
    },
  })

  function finish(reason: unknown): void {
    over = true
    signal?.removeEventListener('abort', abort)
    stop.abort(reason)
  }
}

/** Statuses that have no body, by the Fetch standard. */
const NULL_BODY = new Set([204, 205, 304])

/** A response that says it came from this address. */
export function responseFrom(
  url: string,
  head: { status: number; statusText?: string; headers: Readonly<Record<string, string>> },
  body: ReadableStream<Bytes> | null,
): Response {
  const native = Object.defineProperties(new Response(null, head), {
    url: { value: url },
    type: { value: 'basic' },
  })
  return body && !NULL_BODY.has(head.status) ? rewrap(native, body) : native
}
