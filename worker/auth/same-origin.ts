/**
 * Whether a change, or a WebSocket, was asked for by one of our own pages. A cookie, or a machine without login, would
 * let a page of any site make it otherwise.
 *
 * Hono's own check leaves out JSON; this one leaves out nothing. Browsers say where a request comes
 * from by `Sec-Fetch-Site`, which no page can set, and older ones by `Origin`. Who says neither is no
 * browser with a session, and sends a key instead.
 *
 * @see https://www.w3.org/TR/fetch-metadata/
 * @module
 */

import type { Context } from 'hono'

export function isOwnRequest(context: Context): boolean {
  // A page of another site may not read what it gets, but for what comes by a WebSocket.
  const isSocket = context.req.header('upgrade')?.toLowerCase() === 'websocket'
  if (/^(GET|HEAD|OPTIONS)$/.test(context.req.method) && !isSocket) return true
  const site = context.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  const origin = context.req.header('origin') ?? ''
  // The host alone: where something in front ends TLS, this end sees `http:`.
  const host = context.req.header('host') ?? new URL(context.req.url).host
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase()
}

export const FOREIGN = 'this change was asked for by a page of another site, or by none'
