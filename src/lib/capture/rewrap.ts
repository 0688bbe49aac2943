/**
 * A response with another body that is otherwise the one it was made from.
 *
 * What `new Response` cannot be told is answered by a shape between the response and its prototype:
 * `url`, `redirected`, `type`, any status text, and headers that refuse changes. So the result is a real `Response`
 * (a proxy could not be served by a Worker, nor have its methods called), has no properties of its
 * own, as native ones have none, and its clones are given the same.
 *
 * @module
 */

import type { Bytes } from './observe.ts'

const natives = new WeakMap<object, Response>()
let shape: object | undefined
/** A native body that is locked and not yet read: Bun calls that used already. */
let lockedIsUsed = false

export function rewrap(native: Response, body: ReadableStream<Bytes>): Response {
  lockedIsUsed ||= native.bodyUsed
  return stamp(made(native, body), native)
}

function made({ status, statusText, headers }: Response, body: ReadableStream<Bytes>): Response {
  try {
    return new Response(body, { status, statusText, headers })
  } catch {
    return new Response(body, { status, headers }) // a status text that workerd hands out and does not take
  }
}

function stamp(response: Response, native: Response): Response {
  natives.set(response, native)
  const prototype = Response.prototype
  if (!shape || Object.getPrototypeOf(shape) !== prototype) shape = shapeOver(prototype)
  return Object.setPrototypeOf(response, shape)
}

/** Of what is no such response, the prototype is asked: it refuses in its own words. */
function shapeOver(prototype: Response): object {
  const getters = (['url', 'redirected', 'type', 'statusText', 'headers'] as const).map((name) => ({
    get [name]() {
      return natives.get(this)?.[name] ?? Reflect.get(prototype, name, this)
    },
  }))
  const methods = {
    get bodyUsed(): boolean {
      const used: boolean = Reflect.get(prototype, 'bodyUsed', this)
      return used || (lockedIsUsed && Reflect.get(prototype, 'body', this)?.locked === true)
    },
    clone(this: Response): Response {
      const copy = prototype.clone.call(this)
      return stamp(copy, natives.get(this) ?? this)
    },
    blob(this: Response): Promise<Blob> {
      const read = prototype.blob.call(this)
      const native = natives.get(this)
      return native && lockedIsUsed ? typed(read, native.headers) : read
    },
  }
  const members = [...getters, methods].map((part) => Object.getOwnPropertyDescriptors(part))
  return Object.create(prototype, Object.assign({}, ...members))
}

/** Bun, which is who calls locked bodies used, forgets the type of a body that is a stream. */
async function typed(read: Promise<Blob>, headers: Headers): Promise<Blob> {
  return new Response(await read, { headers }).blob()
}

/** Those whose body is null, by the Fetch standard; Chromium gives 204 an empty one all the same. */
const NULL_BODY = new Set([101, 103, 204, 205, 304])

/** Whether a `Response` can be made of it: opaque ones (status 0) hide their body, others its status. */
export function isWatchable(
  response: Response,
): response is Response & { body: ReadableStream<Bytes> } {
  const { status, body, bodyUsed } = response
  const isMakeable = status >= 200 && status <= 599 && !NULL_BODY.has(status)
  return isMakeable && body !== null && !bodyUsed && !body.locked
}
