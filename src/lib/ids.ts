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

/** A UUIDv7: ordered by time to the millisecond, 74 bits of chance behind it. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10))
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const time = Date.now().toString(16).padStart(12, '0')
  const variant = '89ab'[Number.parseInt(hex.charAt(4), 16) & 3]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(1, 4)}-${variant}${hex.slice(5, 8)}-${hex.slice(8)}`
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
