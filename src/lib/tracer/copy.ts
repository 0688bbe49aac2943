/**
 * What it is to copy a client, and the clients that do so themselves.
 *
 * @module
 */

import type { TraceError } from '../errors.ts'
import { isAnyObject } from '../json.ts'
import type { Fetch } from './options.ts'

/** What a copy is made with. */
export interface Means {
  /** Makes a `fetch` of the client's own. */
  wrapFetch: (fetch: Fetch) => Fetch
  /** What a client sends with that was given none. */
  send: Fetch
  /** Wraps what the client makes of its kind. */
  wrap: (client: object) => object
  /** Told of what of that cannot be wrapped: by then nothing throws. */
  tell: (error: TraceError) => void
}

/** A copy that differs in its `fetch` alone, or nothing where none is sure to be like the client. */
export type Copy = (client: object, means: Means) => unknown

/** Of a `fetch`, and of what Stainless generates (openai, Anthropic, Groq, …): these copy themselves. */
export const copyOfItself: Copy = (client, { wrapFetch, send }) => {
  if (isFetch(client)) return wrapFetch(client)
  const { withOptions, fetch, constructor } = members(client)
  if (!isFetch(withOptions) || !isFetch(constructor)) return undefined
  const options = { fetch: wrapFetch(isFetch(fetch) ? fetch : send) }
  const copy: unknown = Reflect.apply(withOptions, client, [options])
  return copy instanceof constructor ? copy : undefined
}

export function isFetch(value: unknown): value is Fetch {
  return typeof value === 'function'
}

export function members(value: unknown): Record<PropertyKey, unknown> {
  return isAnyObject(value) ? value : {}
}
