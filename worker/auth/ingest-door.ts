/**
 * The door for records: a key that may send, from where it may be used, as often as it may.
 *
 * Pages of other origins are let in by the key alone: it names the origins. A preflight carries no
 * key, so it is told whether any key allows the origin. Nothing is ever allowed with credentials.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 * @module
 */

import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import type { ProjectEnv, Refusal } from './access.ts'
import { findGrant, letIn, refuseKey, refuseScope } from './key-door.ts'
import type { Keys } from './keys.ts'
import type { Rate } from './rate.ts'

/** What a page may send beside what every page may. */
const HEADERS = ['authorization', 'x-api-key', 'content-type', 'content-encoding', 'x-request-id']
const EXPOSED = 'retry-after, x-request-id'

/** How long a browser remembers the answer to a preflight. A revoked key is refused all the same. */
const PREFLIGHT_SECONDS = 600

/** Makes the door for a route that takes records and answers in its own manner. */
export type IngestDoor = (refuse: Refusal) => MiddlewareHandler<ProjectEnv>

export function ingestDoor(keys: Keys, rate: Rate): IngestDoor {
  return (refuse) => async (context, next) => {
    const grant = await findGrant(keys, context)
    if (grant === undefined) return refuseKey(context, refuse)
    const origin = context.req.header('origin')
    if (origin !== undefined && grant.origins.length > 0) {
      context.header('vary', 'Origin', { append: true })
      if (!grant.origins.includes(origin)) {
        return refuse(context, 403, 'this API key does not allow the origin of the page')
      }
      // At once, so that a page can read why its records are refused as well.
      context.header('access-control-allow-origin', origin)
      context.header('access-control-expose-headers', EXPOSED)
    }
    if (!grant.scopes.includes('ingest')) return refuseScope(context, 'ingest', refuse)
    const wait = rate.take(grant.id)
    if (wait > 0) {
      context.header('retry-after', String(wait))
      return refuse(context, 429, 'this API key sends too often: wait as `retry-after` says')
    }
    letIn(context, grant)
    return next()
  }
}

/** Answers preflights. To be put before the door, for every method. */
export function preflight(keys: Keys): MiddlewareHandler<ProjectEnv> {
  const allow = cors({
    origin: (origin) => origin,
    allowMethods: ['POST'],
    allowHeaders: HEADERS,
    maxAge: PREFLIGHT_SECONDS,
  })
  return async (context, next) => {
    const { method } = context.req
    const origin = context.req.header('origin')
    const asked = context.req.header('access-control-request-method')
    if (method !== 'OPTIONS' || origin === undefined || asked === undefined) return next()
    return (await keys.allows(origin)) ? allow(context, next) : next()
  }
}
