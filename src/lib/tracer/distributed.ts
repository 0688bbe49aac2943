/**
 * A trace across programs: what names a span to another one, and what an incoming name says.
 *
 * W3C trace context for the ids, W3C baggage for whom the trace is about. Whatever else travels with
 * a trace is handed on as it came, within the limits that the two specifications set.
 *
 * @see https://www.w3.org/TR/trace-context/
 * @see https://www.w3.org/TR/baggage/
 * @module
 */

import { inherit, type Context } from './context.ts'
import { parseTraceparent, traceparent } from '../ids.ts'
import { defined, isAnyObject } from '../json.ts'
import type { TraceIds } from '../record.ts'
import type { Attributes } from './span-options.ts'

/**
 * A span's name for other programs: `traceparent`, and `tracestate` and `baggage` where there are any.
 *
 * Plain data: it can be put into a message, handed to a Durable Object or a Workflow, or spread into
 * the headers of a request.
 */
export type SpanCarrier = { readonly traceparent: string } & { readonly [header: string]: string }

const MAX_TRACESTATE = 512
const MAX_BAGGAGE = 8_192

/** Whom a trace is about, by OpenTelemetry's names: the attributes that go where the trace goes. */
const USER = 'user.id'
const SESSION = 'session.id'

/** The name of the span that this context is in. */
export function toCarrier(context: Context & { readonly trace: TraceIds }): SpanCarrier {
  const { trace, attributes, companions } = context
  const { tracestate } = companions ?? {}
  const baggage = withOwn(companions?.baggage, attributes)
  context.wake?.()
  return {
    traceparent: traceparent(trace),
    ...(tracestate && { tracestate }),
    ...(baggage && { baggage }),
  }
}

/**
 * The context of a span elsewhere, as a `traceparent`, a carrier, headers, or a request with headers
 * names it; none if it is not named, or not in the way that the specification wants it.
 *
 * @param around The context that it is named in: what is known here of whom the trace is about counts
 * more than what is told.
 */
export function remoteContext(parent: unknown, around?: Context | undefined): Context | undefined {
  const read = typeof parent === 'string' ? namedBy(parent) : readerOf(parent)
  const trace = parseTraceparent(read('traceparent') ?? '')
  if (!trace) return undefined
  const tracestate = within(MAX_TRACESTATE, read('tracestate'))
  const baggage = within(MAX_BAGGAGE, read('baggage'))
  const attributes = inherit(attributesIn(baggage), around?.attributes ?? {})
  return { trace, hold: around?.hold, attributes, companions: { tracestate, baggage } }
}

type Reader = (name: string) => string | undefined

function namedBy(traceparent: string): Reader {
  return (name) => (name === 'traceparent' ? traceparent : undefined)
}

/** Headers may be those of the platform or, as in Node's own requests, an object. */
function readerOf(parent: unknown): Reader {
  const source = isAnyObject(parent) && isAnyObject(parent.headers) ? parent.headers : parent
  if (source instanceof Headers) return (name) => source.get(name) ?? undefined
  return (name) => {
    const value = isAnyObject(source) ? source[name] : undefined
    return typeof value === 'string' ? value : undefined
  }
}

/** What is cut would say something else, so it is whole or not at all. */
function within(max: number, header: string | undefined): string | undefined {
  return header && header.length <= max ? header : undefined
}

function attributesIn(baggage: string | undefined): Attributes {
  return defined({ userId: member(baggage, USER), sessionId: member(baggage, SESSION) })
}

function member(baggage: string | undefined, name: string): string | undefined {
  const found = members(baggage).find((each) => nameOf(each) === name)
  const value = found
    ?.slice(found.indexOf('=') + 1)
    .split(';')[0]
    ?.trim()
  try {
    return value && decodeURIComponent(value)
  } catch {
    return value // a percent sign that encodes nothing stands for itself
  }
}

/** Ours replace those of the same name; where all of it is too long, the foreign part stays behind. */
function withOwn(baggage: string | undefined, attributes: Attributes | undefined): string {
  const entries = [
    [USER, attributes?.userId],
    [SESSION, attributes?.sessionId],
  ] as const
  const own = entries.flatMap(([name, value]) => (value ? [`${name}=${encoded(value)}`] : []))
  const replaced = new Set(own.map(nameOf))
  const foreign = members(baggage).filter((each) => !replaced.has(nameOf(each)))
  const all = [...own, ...foreign].join(',')
  return within(MAX_BAGGAGE, all) ?? within(MAX_BAGGAGE, own.join(',')) ?? ''
}

/** Half a surrogate pair cannot be encoded. */
function encoded(value: string): string {
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd'))
}

function members(baggage: string | undefined): string[] {
  return (baggage ?? '').split(',').flatMap((each) => each.trim() || [])
}

function nameOf(member: string): string {
  return member.slice(0, member.indexOf('=')).trim()
}
