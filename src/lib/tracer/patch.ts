/**
 * The global `fetch`, replaced for clients that take it by themselves, and given back.
 *
 * Others replace it too, before and after, and may put back what they found in any order. So what is
 * restored under somebody else's replacement stays in the chain as a function that only passes on,
 * and a request that goes through two of ours is recorded by the outer one alone.
 *
 * @module
 */

import { changed } from '../capture/request.ts'
import { TraceError } from '../errors.ts'
import type { Fetch } from './options.ts'
import { rewire, untraced } from './wrap.ts'

/** A replaced global `fetch`, until it is restored: by `restore()`, or by `using`. */
export interface Patch {
  /** Puts back what was there. Under somebody else's replacement it stops recording instead. */
  restore(): void
  [Symbol.dispose](): void
}

interface Active extends Patch {
  fetch: Fetch
  /** What stands behind it. */
  native: Fetch
}

let active: Active | undefined

/** On an `init` that one of ours hands on to others, and they perhaps to another of ours. */
const RECORDED = Symbol('recorded by carrot-trace')

/**
 * @param wrap Makes a recording `fetch` of another.
 * @throws {TraceError} `cannot_patch`, where the runtime does not let go of its `fetch`.
 */
export function patch(wrap: (fetch: Fetch) => Fetch): Patch {
  if (active && globalThis.fetch === active.fetch) return active
  const found = globalThis.fetch
  const own = Object.getOwnPropertyDescriptor(globalThis, 'fetch') // none in workerd: it is inherited
  const recording = wrap(active ? handOn(found) : found)
  let restored = false

  const fetch: Fetch = (input, init) => {
    if (restored || (init && RECORDED in init)) return found(input, init)
    return recording(input, init)
  }
  const { enumerable = true, configurable = true } = own ?? {}
  const native = untraced(found)
  const value = rewire(fetch, found, native)
  if (
    !Reflect.defineProperty(globalThis, 'fetch', {
      value,
      enumerable,
      configurable,
      writable: true,
    })
  ) {
    throw new TraceError(
      'cannot_patch',
      'This runtime does not let its global fetch be replaced: pass carrot.fetch to the client instead.',
    )
  }

  const self: Active = { fetch, native, restore, [Symbol.dispose]: restore }
  active = self
  return self

  function restore(): void {
    restored = true
    if (active === self) active = undefined
    if (globalThis.fetch !== fetch) return
    if (own) Object.defineProperty(globalThis, 'fetch', own)
    else Reflect.deleteProperty(globalThis, 'fetch')
  }
}

function handOn(fetch: Fetch): Fetch {
  return (input, init) => fetch(input, marked(init))
}

/** What to send a recorded request with: a `fetch` of the application's own may call the global one. */
export function recorded(fetch: Fetch, init: RequestInit | undefined): RequestInit | undefined {
  return active && fetch !== active.native ? marked(init) : init
}

/** Marks the request in a way that copies of `init` keep, and no `fetch` sees. */
function marked(init: RequestInit | undefined): RequestInit {
  return changed(init ?? {}, { [RECORDED]: true })
}
