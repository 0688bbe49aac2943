/**
 * What the clients that Stainless made have in common, and what there is to know of each.
 *
 * @module
 */

import type { Way } from '../../apis/ways.ts'
import type { Call, Link } from '../../use.ts'

interface Options {
  apiKey?: string
  maxRetries?: number
  defaultHeaders?: Record<string, string>
}

export interface StainlessClient {
  maxRetries: number
  withOptions(options: Options): this
  post(path: string, options: { body: object }): Promise<unknown>
  buildURL(path: string, query: Record<string, unknown>): string
}

interface Reply extends Promise<unknown> {
  withResponse(): Promise<{
    data: unknown
    response: Response
    request_id?: string | null | undefined
  }>
  asResponse(): Promise<Response>
}

interface Events extends AsyncIterable<unknown> {
  tee(): [AsyncIterable<unknown>, AsyncIterable<unknown>]
  toReadableStream(): ReadableStream
}

interface RequestOptions {
  signal?: AbortSignal
  timeout?: number
}

export interface Stainless<Client extends StainlessClient> {
  client(link: Link, way?: Way, options?: Options): Client
  create(client: Client, options?: RequestOptions, model?: string): Reply
  stream(client: Client, options?: RequestOptions): Promise<Events>
  /** What `create` sends. */
  path: string
  body: object
  classes: { client: Class; promise: Class; refused: Class; error: Class }
  /** A call that was answered, one that was not, and a stream that was left after its first events. */
  calls: { answered: Call; unanswered: Call; left: Call }
  /** How many events a stream has sent when it stalls or breaks, and how many of them clients give. */
  events: { sent: number; given: number }
}

type Class = abstract new (...given: never[]) => unknown
