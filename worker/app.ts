/**
 * The collector as one Hono app: ingest, reading API and dashboard, on whatever host runs it.
 *
 * The host brings the store and the keys, and says whether it can be reached from its own machine
 * only. Then reading needs no login; anywhere else the reading API needs a key and the dashboard
 * stays closed.
 *
 * @module
 */

import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { uuid } from '../src/lib/ids.ts'
import { ingest } from './api/ingest.ts'
import { liveRoute } from './api/live.ts'
import { problem } from './api/problem.ts'
import type { Report } from './api/report.ts'
import { reading } from './api/traces.ts'
import type { ProjectEnv } from './auth/access.ts'
import { bearer, bearerKey } from './auth/bearer.ts'
import type { Keys } from './auth/keys.ts'
import { loopback } from './auth/local.ts'
import type { Live } from './store/live.ts'
import type { Store } from './store/store.ts'

export interface CollectorOptions {
  store: Store
  keys: Keys
  /** On a host that listens on loopback only: the project that is open without login. */
  local?: string
  /** The dashboard. */
  pages?: Pages
  /** How open pages hear of changes; without it they ask every few seconds. */
  live?: Live
  /** Gives a UUID to a record that has none. */
  newId?: () => string
  /** Told of failures; never of captured text. */
  report?: Report
}

export type Pages = (options: {
  store: Store
  live?: Live
  /** Where an SDK has to send its records. */
  ingestUrl: (context: Context) => string
  onError: (error: Error) => void
}) => Hono<ProjectEnv>

export function collector({
  store,
  keys,
  local,
  pages,
  live,
  newId = uuid,
  report = () => {},
}: CollectorOptions): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  app.use(async (context, next) => {
    await next()
    context.header('x-content-type-options', 'nosniff')
  })
  app.get('/healthz', (context) => context.json({ status: 'ok' }))
  app.all('/healthz', (context) => {
    context.header('allow', 'GET, HEAD')
    return problem(context, 405, 'this can only be read')
  })
  app.route('/', ingest({ store, keys, newId, report }))
  const door = readingDoor(keys, local)
  app.route('/', reading({ store, door, report }))
  if (live) app.route('/', liveRoute({ live, door, report }))
  app.all('/v1/*', (context) => problem(context, 404, 'there is no such address'))
  app.use(pagesDoor(local))
  if (pages) {
    app.route(
      '/',
      pages({
        store,
        ...(live && { live }),
        ingestUrl,
        onError: (error) => report({ event: 'page failed', cause: error.name }),
      }),
    )
  }
  app.notFound((context) => context.text('There is no such page.', 404))
  app.onError((error, context) => {
    report({ event: 'page failed', cause: error.name })
    return context.text('This page could not be made.', 500)
  })
  return app
}

/** A key is always good; on a local host none is needed. */
function readingDoor(keys: Keys, local: string | undefined): MiddlewareHandler<ProjectEnv> {
  const withKey = bearer(keys, 'read', problem)
  if (local === undefined) return withKey
  const withoutKey = loopback(local, problem)
  return (context, next) =>
    bearerKey(context) === undefined ? withoutKey(context, next) : withKey(context, next)
}

function pagesDoor(local: string | undefined): MiddlewareHandler<ProjectEnv> {
  return local === undefined ? async (context) => closed(context) : loopback(local, refusePage)
}

function closed(context: Context): Response {
  return context.text(
    'The dashboard is closed: it has no login yet. Traces are taken all the same, ' +
      'and a key with the scope `read` reads them at /v1/traces.',
    503,
  )
}

function refusePage(context: Context, status: 401 | 403, reason: string): Response {
  return context.text(reason, status)
}

function ingestUrl(context: Context): string {
  return new URL(context.req.url).origin
}
