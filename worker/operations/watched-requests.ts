/**
 * Every request counted, and written down where the host wants it: by its route, never by its
 * address, its body or its key.
 *
 * @module
 */

import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { ProjectEnv } from '../auth/access.ts'
import type { Meter } from './meter.ts'
import { secondsSince } from './watched-store.ts'

export interface RequestLine {
  event: 'request'
  requestId: string
  method: string
  route: string
  status: number
  /** To three digits after the point. On Workers time stands still between two waits. */
  ms: number
  /** Whom it was let in as, where it was. */
  project?: string
  keyId?: string
}

const METHODS = ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']

/** Why a request with records was refused as a whole, by the status of its answer. */
const REASONS: Readonly<Record<number, string>> = {
  400: 'unreadable',
  401: 'no_key',
  403: 'no_right',
  408: 'too_slow',
  413: 'too_large',
  415: 'unknown_encoding',
  429: 'too_often',
  503: 'store_failed',
  507: 'store_full',
}

export function watchedRequests(
  meter: Meter,
  log: (line: RequestLine) => void,
): MiddlewareHandler<ProjectEnv> {
  return async (context, next) => {
    const start = performance.now()
    await next()
    const seconds = secondsSince(start)
    const { method, route, status } = answered(context)
    meter.add('carrot_requests_total', { method, route, status })
    meter.took('carrot_request_seconds', { method, route }, seconds)
    log({
      event: 'request',
      requestId: context.get('requestId'),
      method,
      route,
      status,
      ms: Math.round(seconds * 1e6) / 1000,
      ...named(context),
    })
  }
}

/** To be put on the routes that take records. */
export function watchedRecords(meter: Meter): MiddlewareHandler<ProjectEnv> {
  return async (context, next) => {
    await next()
    if (context.req.method !== 'POST') return
    const { accepted = 0, rejected = 0, bytes = 0 } = context.get('ingested') ?? {}
    meter.add('carrot_records_total', { outcome: 'accepted' }, accepted)
    meter.add('carrot_records_total', { outcome: 'rejected' }, rejected)
    meter.add('carrot_body_bytes_total', {}, bytes)
    const reason = REASONS[context.res.status]
    if (reason !== undefined) meter.add('carrot_refused_total', { reason })
  }
}

function answered(context: Context<ProjectEnv>) {
  const { method } = context.req
  return {
    method: METHODS.includes(method) ? method : 'other',
    route: routePath(context),
    status: context.res.status,
  }
}

function named(context: Context<ProjectEnv>): Pick<RequestLine, 'project' | 'keyId'> {
  // Neither is set before a door lets the request in.
  const project: string | undefined = context.get('project')
  const keyId = context.get('keyId')
  return { ...(project !== undefined && { project }), ...(keyId !== undefined && { keyId }) }
}
