/**
 * `/metrics`, for Prometheus: what this isolate or process has done since it began.
 *
 * Of all projects together, so it takes a key with the scope `deployment`, or a person.
 *
 * @module
 */

import { Hono } from 'hono'
import { onlyBy } from '../api/methods.ts'
import type { ProjectEnv } from '../auth/access.ts'
import type { Door } from '../auth/door.ts'
import type { Meter } from './meter.ts'

const PATH = '/metrics'

export function metrics({ meter, door }: { meter: Meter; door: Door }): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()
  app.get(PATH, door('deployment'), (context) => {
    context.header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
    context.header('cache-control', 'no-store')
    return context.body(meter.text())
  })
  app.all(PATH, onlyBy('GET', 'HEAD'))
  return app
}
