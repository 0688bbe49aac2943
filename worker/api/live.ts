/**
 * `GET /v1/live`: news of what changes, for who may read.
 *
 * A browser sends what it knows of a login with any page's request for a WebSocket and lets that page
 * read the answer. So the page that asks has to be one of ours.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-10.2
 * @module
 */

import { type Context, Hono, type MiddlewareHandler } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import type { Live } from '../store/live.ts'
import { problem } from './problem.ts'
import type { Report } from './report.ts'

export interface LiveOptions {
  live: Live
  /** Who may read, and in which project. */
  door: MiddlewareHandler<ProjectEnv>
  report: Report
}

export function liveRoute({ live, door, report }: LiveOptions): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()
  app.get('/v1/live', door, (context) =>
    isOurs(context)
      ? live.open(context.get('project'), context.req.raw)
      : problem(context, 403, 'this was asked for by a page of another site'),
  )
  app.all('/v1/live', (context) => {
    context.header('allow', 'GET')
    return problem(context, 405, 'this can only be read')
  })
  app.onError((error, context) => {
    report({ event: 'read failed', cause: error.name })
    return problem(context, 500, 'nobody can listen now')
  })
  return app
}

/** What names no origin is no page of another site. */
function isOurs(context: Context): boolean {
  const origin = context.req.header('origin')
  if (origin === undefined) return true
  // The host alone: where something in front ends TLS, this end sees `http:`.
  const host = context.req.header('host') ?? new URL(context.req.url).host
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase()
}
