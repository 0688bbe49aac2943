/**
 * The carrier header: how a call is told its parent where the runtime carries no context.
 *
 * A client passes per-request headers on to `fetch`; there the header is read and taken off, so
 * that it never reaches the wire. Requests without it pass as the very objects they are.
 *
 * @module
 */

import { changed } from '../capture/request.ts'
import { traceparent } from '../ids.ts'
import type { TraceIds } from '../record.ts'
import type { Context } from './context.ts'
import { remoteContext } from './distributed.ts'

const CARRIER = 'x-carrot-parent'

/** Spans that gave out headers and have not ended; of those past this the oldest are let go. */
const MAX_CARRIED = 10_000

/** The whole context by its span's id, of which a header says the ids alone. */
const carried = new Map<string, Context>()

/** The headers that make a request the child of this context. */
export function carry(context: Context & { trace: TraceIds }): Record<string, string> {
  const { trace } = context
  carried.set(trace.spanId, context)
  const [oldest] = carried.keys()
  if (carried.size > MAX_CARRIED && oldest) carried.delete(oldest)
  return { [CARRIER]: traceparent(trace) }
}

/** The span has ended; a header that is still about says its ids. */
export function letGo({ trace }: Context): void {
  if (trace) carried.delete(trace.spanId)
}

export interface Sent {
  input: RequestInfo | URL
  init: RequestInit | undefined
  context?: Context | undefined
}

/** The request without the header, and what the header said; nothing where there is none. */
export function takeCarrier(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Sent | undefined {
  const own = init?.headers
  if (own && mayCarry(own)) {
    const headers = new Headers(own)
    const context = take(headers)
    return { input, init: changed(init, { headers }), context }
  }
  if (!own && input instanceof Request && input.headers.has(CARRIER)) {
    const request = new Request(input)
    const context = take(request.headers)
    return { input: request, init, context }
  }
  return undefined
}

/** Looks without reading what can be read only once. */
function mayCarry(headers: HeadersInit): boolean {
  if (headers instanceof Headers) return headers.has(CARRIER)
  const names = Array.isArray(headers) ? headers.map(([name]) => name) : Object.keys(headers)
  return names.some((name) => typeof name === 'string' && name.toLowerCase() === CARRIER)
}

function take(headers: Headers): Context | undefined {
  const parent = headers.get(CARRIER)
  headers.delete(CARRIER)
  const context = parent === null ? undefined : remoteContext(parent)
  return carried.get(context?.trace?.spanId ?? '') ?? context
}
