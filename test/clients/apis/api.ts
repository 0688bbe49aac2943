/**
 * What the stand-ins for the model APIs share: one function from what was asked to a web `Response`.
 *
 * The same request is always answered with the same bytes, so that what an application sees natively
 * can be compared with what it sees traced.
 *
 * @module
 */

import type { Pace } from '../../../examples/model-apis/handler.ts'
import { stream } from '../../../examples/model-apis/reply.ts'
import { fields, items, string, type Json } from '../../../src/lib/json.ts'

export interface Asked {
  method: string
  /** From the API's own root on, without the query. */
  path: string
  query: URLSearchParams
  /** The body, where it is JSON. */
  body: Json | undefined
  /** The body as it came. */
  text: string
  pace: Pace
}

export interface Api {
  answer(asked: Asked): Response | Promise<Response> | undefined
  /** A failure in the API's own words. */
  failure(status: number, message: string): Response
  /** Such words where they come in a stream that began well. */
  inStream(failure: string): string
}

/** One event of a stream, which says itself what it is. */
export type Event = { type: string } & Record<string, unknown>

/** Server-sent events, named as `type` says where they have names. */
export function named(events: readonly Event[], pace: Pace): Response {
  return stream(
    events.map((data) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`),
    pace,
    {},
  )
}

/** Server-sent events without names; `[DONE]` is the last of them where it is in the list. */
export function unnamed(events: readonly unknown[], pace: Pace, newline = '\n'): Response {
  const end = newline + newline
  return stream(
    events.map((data) => `data: ${data === '[DONE]' ? data : JSON.stringify(data)}${end}`),
    pace,
    {},
  )
}

/** A JSON value a line. */
export function lines(values: readonly unknown[], pace: Pace): Response {
  const texts = values.map((value) => `${JSON.stringify(value)}\n`)
  return stream(texts, pace, { 'content-type': 'application/x-ndjson' })
}

/** The name of the first tool on offer, unless its result is already in the conversation. */
export function toolAsked(body: Json | undefined, said: RegExp): string | undefined {
  const [tool] = items(fields(body).tools)
  if (!tool || said.test(JSON.stringify(body))) return undefined
  const [declared] = items(fields(tool).functionDeclarations)
  return string(fields(declared ?? fields(tool).function ?? tool).name)
}

/** What every model here says. */
export const ANSWER = 'Go to Settings > Security. Grüße 👋'
export const WORDS = ANSWER.match(/\s*\S+/g) ?? []
/** What every model here calls a tool with, and answers where JSON was asked for. */
export const CITY = { city: 'Zürich', days: 3 }
export const CITY_PIECES = JSON.stringify(CITY).match(/.{1,7}/gu) ?? []
export const CREATED = 1_763_942_400
