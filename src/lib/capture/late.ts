/**
 * A response that is watched only where it is read.
 *
 * Most replies are read whole, by one call, and then nothing has to stand between: the response is the
 * native one, and what it gives to the application is seen on its way. Whatever else is asked of its
 * body (the stream, a copy, a form) is asked of a response with a watched stream, made in that moment.
 *
 * Only where responses are read by their methods alone: see `mayWatchLate`.
 *
 * @module
 */

import { whenCollected } from '../runtime/garbage.ts'
import type { Observer } from './observe.ts'

interface State {
  /** Emptied by whoever reads it. Nothing in it knows the response, which could not be collected else. */
  readonly unread: { observer?: Observer | undefined }
  /** Makes the response with the watched stream; the same where there is nothing to be seen any more. */
  readonly make: () => Response
  /** That one, once it is read instead. */
  made?: Response
}

const states = new WeakMap<object, State>()
let shape: object | undefined

/** @returns The native response. Its one end is told to the observer, however it is read. */
export function watchLate(native: Response, observer: Observer, make: () => Response): Response {
  const unread: State['unread'] = { observer }
  states.set(native, { unread, make })
  whenCollected(native, () => unread.observer?.end('abandoned'))
  const prototype = Response.prototype
  if (!shape || Object.getPrototypeOf(shape) !== prototype) shape = shapeOver(prototype)
  return Object.setPrototypeOf(native, shape)
}

type Read = (response: Response, prototype: Response, observer: Observer) => Promise<unknown>

/** By native methods alone: each decodes in its own way. */
const WHOLE: Record<string, Read> = {
  arrayBuffer: (response, { arrayBuffer }, observer) => seen(arrayBuffer.call(response), observer),
  bytes: async (response, { arrayBuffer }, observer) =>
    new Uint8Array(await seen(arrayBuffer.call(response), observer)),
  text: (response, { text }, observer) => seen(text.call(response), observer),
  json: async (response, { text }, observer) =>
    JSON.parse(await seen(text.call(response), observer)),
}
const OTHERWISE = ['blob', 'formData', 'clone'] as const
const READ = ['body', 'bodyUsed'] as const

function shapeOver(prototype: Response): object {
  const members: object[] = []
  for (const [name, read] of Object.entries(WHOLE)) {
    const native: unknown = Reflect.get(prototype, name)
    members.push({
      [name](this: Response): unknown {
        // Where another has put its own in the place of the method, that one is to be called.
        const isPlain = Reflect.get(prototype, name) === native
        const observer = isPlain && isUnread(this) && !this.bodyUsed && take(this)
        if (observer) return read(this, prototype, observer)
        return answer(isPlain ? states.get(this)?.made : watched(this), this, name)
      },
    })
  }
  for (const name of OTHERWISE) {
    members.push({
      [name](this: Response): unknown {
        return answer(watched(this), this, name)
      },
    })
  }
  for (const name of READ) {
    members.push({
      get [name]() {
        const made = name === 'body' ? watched(this) : states.get(this)?.made
        return Reflect.get(made ?? prototype, name, made ?? this)
      },
    })
  }
  return Object.create(
    prototype,
    Object.assign({}, ...members.map((member) => Object.getOwnPropertyDescriptors(member))),
  )

  /** What is no such response is refused by the prototype in its own words. */
  function answer(made: Response | undefined, given: Response, name: string): unknown {
    return Reflect.get(made ?? prototype, name).call(made ?? given)
  }
}

function isUnread(response: object): boolean {
  return states.get(response)?.unread.observer !== undefined
}

/** To whoever reads it now. */
function take(response: object): Observer | undefined {
  const { unread } = states.get(response) ?? {}
  const observer = unread?.observer
  if (unread) unread.observer = undefined
  return observer
}

function watched(response: object): Response | undefined {
  const state = states.get(response)
  if (state?.unread.observer && !isReadAround(response)) {
    const made = state.make()
    take(response)
    if (made !== response) state.made = made
  }
  return state?.made
}

/** By methods taken from the prototype, which nobody sees. */
function isReadAround(response: object): boolean {
  const { prototype } = Response
  const body: ReadableStream | null = Reflect.get(prototype, 'body', response)
  return body === null || body.locked || Reflect.get(prototype, 'bodyUsed', response)
}

/** An observer is never given more of a body at once. */
const PIECE_BYTES = 65_536

async function seen<Whole extends string | ArrayBuffer>(
  reading: Promise<Whole>,
  observer: Observer,
): Promise<Whole> {
  let whole: Whole
  try {
    whole = await reading
  } catch (error) {
    observer.end('failed', error)
    throw error
  }
  const bytes = typeof whole === 'string' ? new TextEncoder().encode(whole) : new Uint8Array(whole)
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    observer.chunk(bytes.subarray(at, at + PIECE_BYTES))
  }
  observer.end('closed')
  return whole
}
