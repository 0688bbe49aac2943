/**
 * Framing: bytes in, payloads out. Formats never see bytes.
 *
 * @module
 */

import { parse, type Json } from '../json.ts'
import type { Bulk } from './reader.ts'

/** What a framing found. */
export interface FramingSink {
  /** Whether this payload, as text, is of no more interest: it is not decoded. */
  skips?(text: string): boolean
  payload(payload: Json): void
  /** A payload that is no JSON. */
  undecodable(): void
  /** A stretch too long to hold: something of the reply is not found. */
  overflow(): void
  /** The stream said that nothing will follow. */
  done(): void
}

/** One payload's text, to whoever wants it. */
export function decode(sink: FramingSink, text: string): void {
  if (sink.skips?.(text)) return
  const payload = parse(text)
  if (payload === undefined) sink.undecodable()
  else sink.payload(payload)
}

export interface Framing {
  push(bytes: Uint8Array): void
  /** There will be no more bytes; `complete`, unless whoever read them left or the connection broke. */
  end(complete: boolean): void
}

/** Makes a framing for one reply, which holds at most `maxChars` of what is not framed yet. */
export type StreamFraming = (sink: FramingSink, maxChars: number, bulk?: Bulk) => Framing
