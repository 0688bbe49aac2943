/**
 * What runtimes do to a `Request` that is looked into.
 *
 * @module
 */

import { globals, UNDICI, type Dispatch } from './globals.ts'

/**
 * Whether `request.clone()`, or a look at `request.body`, leaves the way it is sent as it was.
 * Deno forgets the body's length by it, and sends it in chunks.
 */
export function mayCopyRequests(): boolean {
  return !globals.Deno
}

/**
 * A `fetch` without Node's limits of 300 s, to the head of an answer and between pieces of its body.
 * On other runtimes it is as the one that was given.
 */
export function withoutTimeouts(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init) => {
    const undici = globals[UNDICI] // there from the first request on
    const dispatch: Dispatch = (options, handler) =>
      undici?.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler)
    return fetch(input, undici ? Object.assign({}, init, { dispatcher: { dispatch } }) : init)
  }
}
