/**
 * A use: one thing that applications do with a client, to be done natively and traced.
 *
 * @module
 */

import type { ApiName } from './apis/server.ts'
import type { Way } from './apis/ways.ts'

/** What a client is made with, and where it finds its API. */
export interface Link {
  /** For the client's `fetch` option, where recording goes in by that; else it finds its own. */
  fetch: typeof globalThis.fetch | undefined
  /** For the client itself, where it is to be recorded by `tracer.wrap`. */
  wrap<Client extends object>(client: Client): Client
  /** The address of an API, which answers in this way. */
  api(name: ApiName, way?: Way): string
  /** Settles when the API has got the first request. */
  arrived(): Promise<void>
}

/** One call to a model that a use makes; the attempts that a client counts as one are one. */
export interface Call {
  /** The wire format that it takes to record it. */
  format: string
  /** Whether the counts of tokens were on the wire before the use was over. */
  tokens: boolean
}

export interface Use {
  name: string
  calls: readonly Call[]
  /** What the application saw, as data: values, chunks in order, errors by class and message. */
  run(link: Link): Promise<unknown>
}

/** How recording is put in: the client's `fetch` option, `tracer.wrap`, or the patched global. */
export type By = 'fetch option' | 'wrap' | 'patchFetch'

export interface Client {
  name: string
  /** Whose versions are told, the client's own first. */
  packages: readonly string[]
  /** Every use is done in each of these ways. */
  ways: readonly By[]
  uses: readonly Use[]
}

export function call(format: string, { tokens = true } = {}): Call {
  return { format, tokens }
}
