/**
 * A wire format: how one model API says what was asked and what was answered.
 *
 * It is data and two readers. It does no I/O and cannot throw on any JSON, and its one `reply` reads
 * a whole body and each event of a stream into the same call: a streamed reply and a whole one
 * that say the same give the same record.
 *
 * @module
 */

import type { StreamFraming } from '../framing/framing.ts'
import type { Json } from '../json.ts'
import type { ModelCall, Operation } from '../model-call.ts'
import { addressOf, remember } from './remember.ts'
import type { StreamUsage } from './stream-usage.ts'

/** Of a request, by a name in lower case. */
export type Header = (name: string) => string | undefined

export interface WireFormat {
  /** Unique, lower case, such as `openai.chat`. */
  readonly name: string
  /** `gen_ai.operation.name`. */
  readonly operation: Operation
  /** How its streams are framed, such as `sse`; none if it has no streams. */
  readonly stream?: StreamFraming
  /** How one is framed that is answered as JSON; such a reply is read whole without. */
  readonly jsonStream?: StreamFraming
  /** Whether a POST to this address may be such a call. */
  matches(url: URL): boolean
  /** Whether this request body is of the format: what keeps look-alike addresses out. */
  accepts(body: Json): boolean
  /** Reads the request into the call. `header`: what it is sent with under this name, which may be a secret. */
  request(call: ModelCall, body: Json, header: Header): void
  /** Reads what the headers of an answer say of the call, before its body. */
  head?(call: ModelCall, headers: Headers): void
  /** Reads a whole reply, or one event of a stream, into the call. `done`: the last event of a stream. */
  reply(call: ModelCall, payload: Json): 'done' | undefined
  /**
   * Its clients stop reading at the last event of a stream, or an error, and neither read on to the end of the
   * connection nor let go of it: with that event the call is over.
   */
  readonly endsWithLast?: true
  /**
   * Replies may be of any media type. `reply` is given text as a string, and of what is neither
   * text nor JSON the type and size: `{ type, bytes }`.
   */
  readonly media?: true
  /**
   * Replies hold base64, or lists of numbers, that no record keeps. What is longer than `over`
   * characters `reply` finds replaced by its count, as `…1234…`, and it fills no memory.
   */
  readonly bulk?: {
    readonly over: number
    readonly lists?: boolean
    /** In whole replies alone: streams bring it in small pieces, and are not searched. */
    readonly wholeOnly?: true
  }
  /** How to have the usage of a stream that carries none unless asked (`capture.streamUsage`). */
  readonly streamUsage?: StreamUsage
}

/** Formats that share an address, which their bodies tell apart; the first where there is no body to see. */
export type Detected = readonly [WireFormat, ...WireFormat[]]

/** The formats that take this address. */
export function detect(formats: readonly WireFormat[], url: URL): Detected | undefined {
  const asked = ASKED.get(formats) ?? remember((address: URL) => ask(formats, address), addressOf)
  ASKED.set(formats, asked)
  return asked(url)
}

function ask(formats: readonly WireFormat[], asked: URL): Detected | undefined {
  const url = new URL(asked) // a base that ends with a slash doubles it
  url.pathname = url.pathname.replace(/\/{2,}/g, '/')
  const [first, ...others] = formats.filter((format) => format.matches(url))
  return first && [first, ...others]
}

const ASKED = new WeakMap<readonly WireFormat[], (url: URL) => Detected | undefined>()
