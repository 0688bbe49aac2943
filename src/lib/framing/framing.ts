/**
 * Framing: bytes in, payloads out. Formats never see bytes.
 *
 * @module
 */

import type { Json } from '../json.ts'

/** What a framing found. */
export interface FramingSink {
  payload(payload: Json): void
  /** A payload that is no JSON. */
  undecodable(): void
  /** A stretch too long to hold; nothing more will be found. */
  overflow(): void
  /** The stream said that nothing will follow. */
  done(): void
}

export interface Framing {
  push(bytes: Uint8Array): void
  /** The bytes have ended, in order or not. */
  end(): void
}
