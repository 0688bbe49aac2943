/**
 * Identity: one random number, three spellings.
 *
 * A record's id is a UUIDv7; the trace id is the root's id without dashes; the span id is the last
 * 16 hex digits. So a Carrot `id`, a W3C `traceparent` and an OTLP span name one thing.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 * @module
 */

import type { TraceIds } from './record.ts'

/** Of two digits each, by byte: writing one out takes longer. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

const RANDOM_BYTES = 10
/** Random bytes are asked for by the hundred ids: each asking costs as much as one. */
const pool = new Uint8Array(RANDOM_BYTES * 128)
let used = pool.length

/** A UUIDv7: ordered by time to the millisecond, 74 bits of chance behind it. */
export function uuid(): string {
  const hex = randomHex()
  const time = Date.now().toString(16).padStart(12, '0')
  const variant = '89ab'[Number.parseInt(hex.charAt(4), 16) & 3]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(1, 4)}-${variant}${hex.slice(5, 8)}-${hex.slice(8)}`
}

/** Filled when it is first needed: a Worker may not ask for chance before its first request. */
function randomHex(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  const bytes = pool.subarray(used, (used += RANDOM_BYTES))
  return bytes.reduce((hex, byte) => hex + HEX[byte], '')
}

export function traceIdOf(id: string): string {
  return id.replaceAll('-', '')
}

export function spanIdOf(id: string): string {
  return traceIdOf(id).slice(-16)
}

/** The trace context header that names this span. */
export function traceparent({ traceId, spanId, sampled }: TraceIds): string {
  return `00-${traceId}-${spanId}-0${sampled ? 1 : 0}`
}

/** The span that a trace context header names, or `undefined` if it is not valid. */
export function parseTraceparent(header: string): TraceIds | undefined {
  const [, traceId, spanId, flags] =
    /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})/.exec(
      header.trim(),
    ) ?? []
  if (!traceId || !spanId || !flags) return undefined
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 }
}
