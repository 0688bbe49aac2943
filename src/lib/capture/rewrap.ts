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
  const blob = () => typedBlob(response, native)
  for (const [name, value] of Object.entries({ url, redirected, type, headers, clone, blob })) {
    Object.defineProperty(response, name, { value, configurable: true })
  }
  // The native body is locked by now and not yet read: Bun calls that used already.
  if (native.bodyUsed) defineBodyUsed(response)
  return response
}

/** Bun forgets the type of a body that is a stream. */
async function typedBlob(response: Response, { headers }: Response): Promise<Blob> {
  const blob = await Response.prototype.blob.call(response)
  if (blob.type) return blob
  const { type } = await new Response('', { headers }).blob()
  return type ? new Blob([blob], { type }) : blob
}

function defineBodyUsed(response: Response): void {
  const used = Object.getOwnPropertyDescriptor(Response.prototype, 'bodyUsed')?.get
  const get = () => Boolean(used?.call(response)) || Boolean(response.body?.locked)
  Object.defineProperty(response, 'bodyUsed', { get, configurable: true })
}

/** Those whose body is null, by the Fetch standard; Chromium gives 204 an empty one all the same. */
const NULL_BODY = new Set([101, 103, 204, 205, 304])

/** Whether there is a body that can be watched: opaque responses (status 0) hide theirs. */
export function isWatchable(
  response: Response,
): response is Response & { body: ReadableStream<Bytes> } {
  const { status, body, bodyUsed } = response
  return status >= 200 && !NULL_BODY.has(status) && body !== null && !bodyUsed && !body.locked
}
