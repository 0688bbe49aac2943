/**
 * A response with another body that is otherwise the one it was made from.
 *
 * @module
 */

import type { Bytes } from './observe.ts'

/**
 * What `new Response` cannot be told: `url`, `redirected`, `type`, and headers that refuse changes.
 * Clones are given the same. The result is a real `Response` (a proxy could not be served by a
 * Worker, nor have its methods called).
 */
export function rewrap(native: Response, body: ReadableStream<Bytes>): Response {
  const { status, statusText, headers } = native
  return stamp(new Response(body, { status, statusText, headers }), native)
}

function stamp(response: Response, native: Response): Response {
  const { url, redirected, type, headers } = native
  const clone = () => stamp(Response.prototype.clone.call(response), native)
  for (const [name, value] of Object.entries({ url, redirected, type, headers, clone })) {
    Object.defineProperty(response, name, { value, configurable: true })
  }
  return response
}

/**
 * Whether there is a body that can be watched: opaque responses hide theirs, and 101, 204, 205 and
 * 304 have none.
 */
export function isWatchable(
  response: Response,
): response is Response & { body: ReadableStream<Bytes> } {
  return (
    response.status >= 200 && response.body !== null && !response.bodyUsed && !response.body.locked
  )
}
