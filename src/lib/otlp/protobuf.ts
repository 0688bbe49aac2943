/**
 * OTLP in protobuf, written by OpenTelemetry's own library.
 *
 * The library writes what its tracer records, so each span is given to it in that shape. It writes
 * every whole number as an integer, as all that it traces.
 *
 * @see https://www.npmjs.com/package/@opentelemetry/otlp-transformer
 * @module
 */

import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import type { Json } from '../json.ts'
import type { Encoding } from './encoding.ts'
import type { AnyValue, KeyValue, OtlpSpan, ResourceSpans } from './shape.ts'

type ReadableSpan = Parameters<typeof ProtobufTraceSerializer.serializeRequest>[0][number]
type Resource = ReadableSpan['resource']
type Attributes = ReadableSpan['attributes']
type Time = ReadableSpan['startTime']

/**
 * Writes protobuf, for receivers that take nothing else. Needs `@opentelemetry/otlp-transformer`.
 *
 * With it nothing is sent at the last moment of a process that ends by `process.exit()` or by an
 * error: call `flush()` before.
 *
 * @example
 * ```ts
 * import { createTracer } from 'carrot-trace'
 * import { openinference, otlp } from 'carrot-trace/otlp'
 * import { protobuf } from 'carrot-trace/otlp/protobuf'
 *
 * const phoenix = otlp({ url: 'http://localhost:6006', profile: openinference, encoding: protobuf })
 * const tracer = createTracer({ exporters: [phoenix] })
 * ```
 */
export const protobuf: Encoding = {
  contentType: 'application/x-protobuf',
  encode({ resourceSpans }) {
    const bytes = ProtobufTraceSerializer.serializeRequest(resourceSpans.flatMap(toSpans))
    return new Uint8Array(bytes ?? [])
  },
  decode(answer): Json | undefined {
    try {
      const { rejectedSpans = 0, errorMessage = '' } =
        ProtobufTraceSerializer.deserializeResponse(answer).partialSuccess ?? {}
      return { partialSuccess: { rejectedSpans: Number(rejectedSpans), errorMessage } }
    } catch {
      return undefined // it was taken, in words that nobody understands
    }
  },
}

function toSpans({ resource, scopeSpans }: ResourceSpans): ReadableSpan[] {
  const of: Resource = Object.assign(Object.create(null), {
    attributes: toAttributes(resource.attributes),
  })
  return scopeSpans.flatMap(({ scope, spans }) =>
    spans.map((span) => ({ ...toReadable(span), resource: of, instrumentationScope: scope })),
  )
}

function toReadable(span: OtlpSpan): Omit<ReadableSpan, 'resource' | 'instrumentationScope'> {
  const { traceId, spanId, parentSpanId, flags: traceFlags, status, events } = span
  const startTime = toTime(span.startTimeUnixNano)
  const endTime = toTime(span.endTimeUnixNano)
  return {
    name: span.name,
    kind: span.kind - 1, // the library adds it again
    spanContext: () => ({ traceId, spanId, traceFlags }),
    ...(parentSpanId && { parentSpanContext: { traceId, spanId: parentSpanId, traceFlags } }),
    startTime,
    endTime,
    status,
    attributes: toAttributes(span.attributes),
    links: [],
    events: events.map(({ name, timeUnixNano, attributes }) => ({
      name,
      time: toTime(timeUnixNano),
      attributes: toAttributes(attributes),
    })),
    duration: [endTime[0] - startTime[0], endTime[1] - startTime[1]],
    ended: true,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  }
}

/** Seconds, and the nanoseconds after them. */
function toTime(unixNano: string): Time {
  const digits = unixNano.padStart(10, '0')
  return [Number(digits.slice(0, -9)), Number(digits.slice(-9))]
}

function toAttributes(attributes: readonly KeyValue[]): Attributes {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainly(value)]))
}

function plainly(value: AnyValue): string | number | boolean | string[] {
  if ('stringValue' in value) return value.stringValue
  if ('boolValue' in value) return value.boolValue
  if ('intValue' in value) return Number(value.intValue)
  if ('doubleValue' in value) return value.doubleValue
  return value.arrayValue.values.map((item) => String(plainly(item)))
}
