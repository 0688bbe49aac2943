/**
 * The carrier header: how a call is told its parent where the runtime carries no context.
 *
 * A client passes per-request headers on to `fetch`; there the header is read and taken off, so
 * that it never reaches the wire. Requests without it pass as the very objects they are.
 *
 * @module
 */

import { changed } from '../capture/request.ts'
import { CARRIER, remoteContext, type Context } from './context.ts'

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
  return parent === null ? undefined : remoteContext(parent)
}
