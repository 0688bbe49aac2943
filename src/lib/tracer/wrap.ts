/**
 * Wrapping a client: a copy of it, by its own means, that differs in its `fetch` alone.
 *
 * Nothing is proxied, so private members, `instanceof` and types hold, and what the client does
 * between its method and `fetch` is its own business still.
 *
 * @module
 */

import { TraceError } from '../errors.ts'
import type { Copy, Means } from './copy.ts'
import { instead } from './instead.ts'
import type { Fetch } from './options.ts'

/** Which `fetch` stands behind each of ours, so that no request is recorded twice. */
const REAL = new WeakMap<object, Fetch>()

export function untraced(fetch: Fetch): Fetch {
  return REAL.get(fetch) ?? fetch
}

export function isTraced(fetch: unknown): boolean {
  return typeof fetch === 'function' && REAL.has(fetch)
}

/** Gives `wrapper` the properties of `original` (name, Bun's `preconnect`), and knows it to stand before `real`. */
export function rewire<Original extends Fetch>(
  wrapper: Fetch,
  original: Original,
  real: Fetch,
): Original {
  REAL.set(wrapper, real)
  return alias(wrapper, original)
}

/** Gives a function the name, the length and the members of the one that it stands for. */
export function alias<Original extends (...given: never[]) => unknown>(
  wrapper: (...given: never[]) => unknown,
  original: Original,
): Original {
  for (const name of ['name', 'length'] as const) {
    Object.defineProperty(wrapper, name, { value: original[name], configurable: true })
  }
  return Object.assign(wrapper, original)
}

/** @throws {TraceError} `cannot_wrap`, saying which option to pass instead. */
export function wrapClient<Client extends object>(
  client: Client,
  copy: Copy,
  means: Means,
): Client {
  let failure: ErrorOptions | undefined
  try {
    const wrapped = copy(client, means)
    if (wrapped) return wrapped as Client // of the same class, which `copy` sees to
  } catch (cause) {
    failure = { cause }
  }
  throw new TraceError('cannot_wrap', instead(client), failure)
}
