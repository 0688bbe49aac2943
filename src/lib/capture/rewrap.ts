/**
 * A response with another body that is otherwise the one it was made from.
 *
 * What `new Response` cannot be told is answered by a shape between the response and its prototype:
 * `url`, `redirected`, `type`, any status text, and headers that refuse changes. So the result is a
 * real `Response` (a proxy could not be served by a Worker, nor have its methods called), has no
 * properties of its own, as native ones have none, and its clones are given the same.
 *
 * @module
 */

import { failureOf, type Bytes } from './observe.ts'

interface Origin {
  native: Response
  body: ReadableStream<Bytes>
}

const origins = new WeakMap<object, Origin>()
let shape: object | undefined
/** A native body that is locked and not yet read: Bun calls that used already. */
let lockedIsUsed = false

export function rewrap(native: Response, body: ReadableStream<Bytes>): Response {
  lockedIsUsed ||= native.bodyUsed
  return stamp(made(native, body), { native, body })
}

/** Of a response that the application made: one whose headers can be changed, and which has no address. */
export function remake(response: Response, body: ReadableStream<Bytes>): Response {
  return response.url ? rewrap(response, body) : new Response(body, response)
}

function made({ status, statusText, headers }: Response, body: ReadableStream<Bytes>): Response {
  try {
    return new Response(body, { status, statusText, headers })
  } catch {
    return new Response(body, { status, headers }) // workerd hands out texts that it does not take
  }
}

function stamp(response: Response, origin: Origin): Response {
  origins.set(response, origin)
  const prototype = Response.prototype
  if (!shape || Object.getPrototypeOf(shape) !== prototype) shape = shapeOver(prototype)
  return Object.setPrototypeOf(response, shape)
}

const NATIVE = ['url', 'redirected', 'type', 'statusText', 'headers'] as const
const READING = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const

/** Of what is no such response, the prototype is asked: it refuses in its own words. */
function shapeOver(prototype: Response): object {
  const getters = NATIVE.map((name) => ({
    get [name]() {
      return origins.get(this)?.native[name] ?? Reflect.get(prototype, name, this)
    },
  }))
  const readers = READING.filter((name) => name in prototype).map((name) => ({
    [name](this: Response): Promise<unknown> {
      const origin = origins.get(this)
      const isReadable = origin && !this.bodyUsed && !this.body?.locked
      if (!isReadable) return prototype[name].call(this)
      const read: Promise<unknown> =
        lockedIsUsed && name === 'json'
          ? prototype.text.call(this).then(parsed)
          : prototype[name].call(this)
      return asOf(origin, name, read)
    },
  }))
  const rest = {
    get bodyUsed(): boolean {
      const used: boolean = Reflect.get(prototype, 'bodyUsed', this)
      return used || (lockedIsUsed && Reflect.get(prototype, 'body', this)?.locked === true)
    },
    clone(this: Response): Response {
      const copy = prototype.clone.call(this)
      const origin = origins.get(this)
      return origin ? stamp(copy, origin) : copy
    },
  }
  const members = [...getters, ...readers, rest].map((part) =>
    Object.getOwnPropertyDescriptors(part),
  )
  return Object.create(prototype, Object.assign({}, ...members))
}

/** As Bun reads what has come over the network: nothing is `null`, where a stream of nothing is an error. */
function parsed(text: string): unknown {
  return text ? new Response(text).json() : null
}

/** What was read as it would have been of the native body, where runtimes read streams otherwise. */
function asOf({ native, body }: Origin, name: string, read: Promise<unknown>): Promise<unknown> {
  // Bun, which is who calls locked bodies used, forgets the type.
  const typed = (blob: unknown) =>
    blob instanceof Blob ? new Response(blob, { headers: native.headers }).blob() : blob
  // In Chromium every failure is a TypeError, an abort too.
  const failed = (error: unknown) => {
    const failure = failureOf(body)
    throw failure && !(failure.error instanceof TypeError) ? failure.error : error
  }
  return lockedIsUsed && name === 'blob' ? read.then(typed, failed) : read.catch(failed)
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
