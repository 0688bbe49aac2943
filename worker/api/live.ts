/**
 * `GET /v1/live`: news of what changes, for who may read.
 *
 * @module
 */

import { Hono } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import type { Door } from '../auth/door.ts'
import type { Live } from '../store/live.ts'
import { onlyBy } from './methods.ts'
import { problem } from './problem.ts'
import { failure, type Report } from './report.ts'

const PATH = '/v1/live'

export interface LiveOptions {
  live: Live
  /** Who may read, and in which project. It keeps out WebSockets of other sites' pages. */
  door: Door
  report: Report
}

export function liveRoute({ live, door, report }: LiveOptions): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()
  app.get(PATH, door('read'), (context) => live.open(context.get('project'), context.req.raw))
  app.all(PATH, onlyBy('GET'))
  app.onError((error, context) => {
    report(failure(context, 'read failed', error))
    return problem(context, 500, 'nobody can listen now')
  })
  return app
}
