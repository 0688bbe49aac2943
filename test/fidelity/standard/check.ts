/**
 * A check: what the Fetch standard (or the Streams standard, for bodies) says of one thing that an
 * application can do, done on any runtime with whichever `fetch` it is given.
 *
 * @see https://fetch.spec.whatwg.org/
 * @see https://streams.spec.whatwg.org/
 * @module
 */

import type { Seen } from '../scenarios.ts'
import { caught, kindOf } from '../seen.ts'
import type { Answer } from '../../support/told.ts'

export type { Answer, Seen }
export type Fetch = typeof globalThis.fetch

export interface Check {
  /** Where in the standards. */
  section: string
  name: string
  /**
   * What is to be seen by the standard, without what stands under `detail`: messages and the like,
   * which it leaves open. `OPEN`, where it leaves all of it to the environment.
   */
  standard: Seen
  /** Not on every runtime a record tells of it: `fetch` refuses it, or it is no call of a model. */
  untraced: boolean
  run(call: Call): Promise<Seen>
}

export const OPEN = 'open'

export interface Call {
  fetch: Fetch
  /** A model API that tells what it was sent. */
  echo: string
  /** A model API that answers as the body of the request tells it to. */
  told: string
  /** A request body for it. */
  body(answer?: Answer): string
  /** Asks for an answer. */
  answer(answer?: Answer, init?: RequestInit): Promise<Response>
  /** What arrives of a request, sent with `POST` and a model's request body unless told otherwise. */
  arrives(init?: RequestInit, input?: RequestInfo | URL): Promise<Arrived>
  /** Has an answer `inSteps` go on with its next piece. */
  more(): Promise<void>
  /** Asks for an answer that does not come. */
  unanswered(init: RequestInit): Promise<Response>
  /** Resolves when the server has a request that it does not answer. */
  waiting(): Promise<boolean>
  /** Resolves when an answer that hangs has come as far as it does. */
  written(): Promise<boolean>
  /** Resolves when the server has seen the client leave, or has itself cut the connection. */
  left(): Promise<boolean>
}

export interface Arrived {
  method: string
  type: string
  text: string
  /** All of its headers. */
  detail: Seen
}

/** A list of checks of one area, and where in the standards it is. */
export function section(area: string, anchors: string) {
  const checks: Check[] = []
  const add =
    (untraced: boolean) =>
    (name: string, standard: Seen, run: (call: Call) => Promise<Seen>): void => {
      checks.push({ section: anchors, name: `${area}: ${name}`, standard, untraced, run })
    }
  return { checks, check: add(false), untraced: add(true) }
}

/** What is thrown, or rejected with: the standard says its name, each runtime how it is put. */
export async function failure(work: Promise<unknown> | (() => unknown) | undefined): Promise<Seen> {
  const error = await caught(work)
  if (!(error instanceof Error)) return error
  const { cause } = error
  return { threw: error.name, detail: [kindOf(error), cause instanceof Error && kindOf(cause)] }
}

/** What comes of it, either way. */
export async function outcome(work: Promise<unknown> | (() => Promise<unknown>)): Promise<Seen> {
  try {
    return await (typeof work === 'function' ? work() : work)
  } catch (error) {
    return failure(Promise.reject(error))
  }
}

/** What `failure` gives, as a check's `standard` says it. */
export function threw(name: string): Seen {
  return { threw: name }
}

/** Thrown where a runtime lacks the very thing that is to be checked. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported'
}

/** The response's own stream. */
export function streamOf(response: Response): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (!response.body) throw new Unsupported('a body')
  return response.body
}
