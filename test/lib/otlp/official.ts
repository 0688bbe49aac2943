/**
 * What others make of what is sent: OpenTelemetry's own serialisers, and its schema.
 *
 * @module
 */

import { readFileSync } from 'node:fs'
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer'
import protobuf from 'protobufjs'
import type { ExportRequest, OtlpSpan } from 'carrot-trace/otlp'
import { told } from './sent.ts'

const { root } = protobuf.parse(readFileSync(new URL('trace.proto', import.meta.url), 'utf8'))
const Schema = root.lookupType('ExportTraceServiceRequest')
const AS_JSON = { longs: String, bytes: Array } as const

/** What the schema finds in the bytes. */
export function decoded(bytes: Uint8Array): unknown {
  return plainly(Schema.toObject(Schema.decode(bytes), AS_JSON))
}

/** What the schema finds in the JSON, which has ids in hex where the schema has bytes. */
export function understood(request: ExportRequest): unknown {
  const json: object = JSON.parse(JSON.stringify(request), (name, value: unknown) =>
    /^(?:trace|span|parentSpan)Id$/.test(name) ? [...Buffer.from(String(value), 'hex')] : value,
  )
  return plainly(
    Schema.toObject(Schema.decode(Schema.encode(Schema.fromObject(json)).finish()), AS_JSON),
  )
}

type Readable = Parameters<typeof JsonTraceSerializer.serializeRequest>[0][number]

/** What OpenTelemetry's own serialiser writes of the same spans. */
export function official({ resourceSpans }: ExportRequest): unknown {
  const spans = resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const of: Readable['resource'] = Object.assign(Object.create(null), {
      attributes: told(resource.attributes),
    })
    return scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({ ...readable(span), resource: of, instrumentationScope: scope })),
    )
  })
  const bytes = JsonTraceSerializer.serializeRequest(spans)
  return plainly(JSON.parse(new TextDecoder().decode(bytes)))
}

function readable(span: OtlpSpan): Omit<Readable, 'resource' | 'instrumentationScope'> {
  const { traceId, spanId, parentSpanId, name, kind, status } = span
  const attributes = (list: OtlpSpan['attributes']): Readable['attributes'] =>
    Object.fromEntries(Object.entries(told(list)).map(([key, value]) => [key, value as string]))
  const time = (nano: string): [number, number] => [
    Math.trunc(Number(BigInt(nano) / 1_000_000_000n)),
    Number(BigInt(nano) % 1_000_000_000n),
  ]
  return {
    name,
    kind: kind - 1,
    spanContext: () => ({ traceId, spanId, traceFlags: 1 }),
    ...(parentSpanId && { parentSpanContext: { traceId, spanId: parentSpanId, traceFlags: 1 } }),
    startTime: time(span.startTimeUnixNano),
    endTime: time(span.endTimeUnixNano),
    status,
    attributes: attributes(span.attributes),
    links: [],
    events: span.events.map((event) => ({
      name: event.name,
      time: time(event.timeUnixNano),
      attributes: attributes(event.attributes),
    })),
    duration: [0, 0],
    ended: true,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  }
}

/**
 * In one spelling: ids in hex, integers as texts, a whole number as an integer (which is all that the official
 * serialisers can tell), and without what says that nothing is there, or whether a parent is remote.
 */
export function plainly(request: unknown): unknown {
  return JSON.parse(JSON.stringify(request), function (name, value: unknown) {
    if (/^dropped|^links$/.test(name) || (name === 'version' && !value)) return undefined
    if (/^(?:trace|span|parentSpan)Id$/.test(name) && Array.isArray(value))
      return Buffer.from(value).toString('hex')
    if (name === 'flags') return Number(value) & 0xff
    if (name === 'intValue') return String(value)
    if (name === 'events' && Array.isArray(value) && value.length === 0) return undefined
    if (name === 'attributes' && Array.isArray(value) && value.length === 0) return undefined
    if (name === 'status') return withoutUnset(value)
    if (name === 'value') return asInteger(value)
    return value
  })
}

function withoutUnset(value: unknown): unknown {
  const status: { code?: number } = Object(value)
  return status.code ? status : { ...status, code: undefined }
}

function asInteger(value: unknown): unknown {
  const { doubleValue }: { doubleValue?: number } = Object(value)
  return Number.isInteger(doubleValue) ? { intValue: String(doubleValue) } : value
}
