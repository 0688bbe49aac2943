/**
 * What travels: a request of OTLP, as proto3 JSON has it.
 *
 * Names in lower camel case, ids in hex, enumerations as numbers, 64-bit integers as text.
 *
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/main/docs/specification.md#otlphttp
 * @module
 */

export interface ExportRequest {
  resourceSpans: ResourceSpans[]
}

export interface ResourceSpans {
  resource: { attributes: KeyValue[] }
  scopeSpans: { scope: { name: string; version?: string }; spans: OtlpSpan[] }[]
}

export interface OtlpSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  /** The flags of W3C trace context: 1 is sampled. Whether a parent is remote no record says. */
  flags: number
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: KeyValue[]
  events: OtlpEvent[]
  status: { code: number; message?: string }
}

export interface OtlpEvent {
  timeUnixNano: string
  name: string
  attributes: KeyValue[]
}

export interface KeyValue {
  key: string
  value: AnyValue
}

export type AnyValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number }
  | { arrayValue: { values: AnyValue[] } }

export const INTERNAL = 1
export const CLIENT = 3

export const UNSET = 0
export const ERROR = 2
