/**
 * One span as it was sent, read: its ids checked, its attributes and events as plain values.
 *
 * @module
 */

import { fields, items, number, string, type Json, type JsonObject } from '../../src/lib/json.ts'
import { inRange } from '../api/time.ts'
import { kindOf, Refused } from '../api/refused.ts'
import { type Attributes, createAttributes } from './attributes.ts'
import { type Dropped, MAX_ATTRIBUTES, MAX_EVENTS, MAX_KEY_CHARS } from './limits.ts'
import { members } from './value.ts'

export interface Span {
  traceId: string
  spanId: string
  parentId: string | null
  name: string
  /** The number that OTLP has for it. */
  kind: number
  /** Microseconds; `null` where none is said, or none that can be. */
  startUs: number | null
  endUs: number | null
  attributes: Attributes
  events: SpanEvent[]
  links: JsonObject[]
  status: { code: number; message: string | undefined }
  scope: { name?: string | undefined; version?: string | undefined }
  /** Of the resource. */
  resource: Attributes
  /** What the sender says it left out. */
  left: { attributes?: number; events?: number; links?: number }
}

export interface SpanEvent {
  name: string
  us: number | null
  attributes: Attributes
}

/** @throws {Refused} Without ids that can be, there is no place for a span. */
export function readSpan(
  sent: Json,
  resource: readonly [string, Json][],
  scope: JsonObject,
  dropped: Dropped,
): Span {
  const span = fields(sent)
  const startUs = microseconds(span.startTimeUnixNano)
  const endUs = microseconds(span.endTimeUnixNano)
  const { code, message } = fields(span.status)
  const left = {
    attributes: number(span.droppedAttributesCount) ?? 0,
    events: number(span.droppedEventsCount) ?? 0,
    links: number(span.droppedLinksCount) ?? 0,
  }
  return {
    traceId: hex(span.traceId, 'traceId', 32),
    spanId: hex(span.spanId, 'spanId', 16),
    parentId: isNone(span.parentSpanId) ? null : hex(span.parentSpanId, 'parentSpanId', 16),
    name: string(span.name) ?? '',
    kind: number(span.kind) ?? 0,
    startUs,
    endUs: endUs !== null && startUs !== null ? Math.max(startUs, endUs) : endUs,
    attributes: createAttributes(limited(list(span, 'attributes'), dropped)),
    events: some(list(span, 'events'), 'events', dropped).map((event) => readEvent(event, dropped)),
    links: some(list(span, 'links'), 'links', dropped).map((link) => readLink(link, dropped)),
    status: { code: number(code) ?? 0, message: string(message) || undefined },
    scope: { name: string(scope.name) || undefined, version: string(scope.version) || undefined },
    resource: createAttributes(resource),
    left: Object.fromEntries(Object.entries(left).filter(([, count]) => count > 0)),
  }
}

/** At most so many, with keys that a person could have chosen. */
export function limited(sent: readonly Json[], dropped: Dropped): [string, Json][] {
  const kept = members(sent.slice(0, MAX_ATTRIBUTES), dropped).filter(
    ([key]) => key !== '' && key.length <= MAX_KEY_CHARS,
  )
  dropped.attributes += sent.length - kept.length
  return kept
}

function list(span: JsonObject, field: string): readonly Json[] {
  const value = span[field]
  if (value === undefined || value === null || Array.isArray(value)) return items(value)
  throw new Refused(`\`${field}\` must be an array, found ${kindOf(value)}`)
}

function some(list: readonly Json[], name: 'events' | 'links', dropped: Dropped): readonly Json[] {
  dropped[name] += Math.max(list.length - MAX_EVENTS, 0)
  return list.slice(0, MAX_EVENTS)
}

function readEvent(sent: Json, dropped: Dropped): SpanEvent {
  const event = fields(sent)
  return {
    name: string(event.name) ?? '',
    us: microseconds(event.timeUnixNano),
    attributes: createAttributes(limited(items(event.attributes), dropped)),
  }
}

function readLink(sent: Json, dropped: Dropped): JsonObject {
  const { traceId, spanId, attributes } = fields(sent)
  const said = limited(items(attributes), dropped)
  return {
    trace_id: string(traceId)?.slice(0, 32),
    span_id: string(spanId)?.slice(0, 16),
    ...(said.length > 0 && { attributes: Object.fromEntries(said) }),
  }
}

function hex(value: Json | undefined, field: string, digits: number): string {
  const text = string(value) ?? ''
  if (text.length !== digits || !/^[\da-f]*[1-9a-f][\da-f]*$/i.test(text)) {
    throw new Refused(`\`${field}\` must be ${digits} hexadecimal digits, not all zero`)
  }
  return text.toLowerCase()
}

function isNone(value: Json | undefined): boolean {
  return value === undefined || value === null || /^0*$/.test(string(value) ?? 'some')
}

/** Nanoseconds, as text or number; 0 is no time. */
export function microseconds(value: Json | undefined): number | null {
  const text = typeof value === 'number' ? nanoseconds(value) : string(value)
  if (text === undefined || !/^\d{1,20}$/.test(text)) return null
  const us = Number(BigInt(text) / 1000n)
  return us > 0 && inRange(us) ? us : null
}

function nanoseconds(value: number): string {
  return value >= 0 && value < 2 ** 64 ? String(BigInt(Math.round(value))) : ''
}
