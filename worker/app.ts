/**
 * The collector as one Hono app: ingest, reading API, administration and dashboard, on whatever host
 * runs it.
 *
 * The host brings the store and the directory, and says how people get in. Programs come in by their
 * keys; where nobody has said how people do, the dashboard stays closed.
 *
 * @module
 */

import { type Context, Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { uuid } from '../src/lib/ids.ts'
import { BODY_SECONDS } from './api/body.ts'
import { ingest } from './api/ingest.ts'
import { keyRoutes } from './api/keys.ts'
import { liveRoute } from './api/live.ts'
import { openapi } from './api/openapi/openapi.ts'
import { problem } from './api/problem.ts'
import { projectRoutes } from './api/projects.ts'
import { reading } from './api/reading.ts'
import { failure, type Report } from './api/report.ts'
import { settingsRoutes } from './api/settings.ts'
import type { ProjectEnv } from './auth/access.ts'
import type { Directory } from './auth/directory.ts'
import { door as doorOf } from './auth/door.ts'
import { ingestDoor, preflight } from './auth/ingest-door.ts'
import { type Keys, rememberedKeys } from './auth/keys.ts'
import { nobody, type People } from './auth/people.ts'
import { rate } from './auth/rate.ts'
import { removalFrom, type RemoveData } from './auth/removal.ts'
import { INGEST_PER_MINUTE, type Limits } from './limits.ts'
import { health, READY_SECONDS } from './operations/health.ts'
import { meter as newMeter } from './operations/meter.ts'
import { metrics } from './operations/metrics.ts'
import { type RequestLine, watchedRecords, watchedRequests } from './operations/watched-requests.ts'
import { watchedStore } from './operations/watched-store.ts'
import { otlp } from './otlp/otlp.ts'
import type { Live } from './store/live.ts'
import type { Store } from './store/store.ts'

export interface CollectorOptions {
  store: Store
  directory: Directory
  /** Removes what is kept of a project; from the store unless told. */
  removeData?: RemoveData
  /** How people get in; nobody unless told. */
  people?: People
  /** The dashboard. */
  pages?: Pages
  /** How open pages hear of changes; without it they ask every few seconds. */
  live?: Live
  limits?: Partial<Limits>
  /** Gives a UUID to a record that has none. */
  newId?: () => string
  /** Told of failures; never of captured text. */
  report?: Report
  /** Told of every request; never of captured text, nor of a key. */
  log?: (line: RequestLine) => void
}

export type Pages = (options: {
  store: Store
  live?: Live
  directory: Directory
  keys: Keys
  people: People
  removeData: RemoveData
  /** Where an SDK has to send its records. */
  ingestUrl: (context: Context<ProjectEnv>) => string
  onError: (error: unknown, context: Context<ProjectEnv>) => void
}) => Hono<ProjectEnv>

/** Where records come in, by POST. */
const INGEST_PATHS = ['/v1/traces/ingest', '/v1/traces']

/** No project has this name: what is asked of it is whether the store answers. */
const READINESS = 'readyz'

export function collector(options: CollectorOptions): Hono<ProjectEnv> {
  const { directory, pages, live, newId = uuid, removeData = removalFrom(options.store) } = options
  const { people = nobody(), report = () => {}, log = () => {} } = options
  const {
    ingestPerMinute = INGEST_PER_MINUTE,
    bodySeconds = BODY_SECONDS,
    readySeconds = READY_SECONDS,
  } = options.limits ?? {}
  const meter = newMeter()
  const store = watchedStore(options.store, meter)
  const keys = rememberedKeys(directory)
  const door = doorOf(keys, { people, directory }, problem)
  const app = new Hono<ProjectEnv>()

  app.use(requestId({ limitLength: 64 }))
  app.use(watchedRequests(meter, log))
  app.use(async (context, next) => {
    await next()
    context.header('x-content-type-options', 'nosniff')
  })
  app.use('/v1/*', async (context, next) => {
    context.header('cache-control', 'no-store')
    context.header('cross-origin-resource-policy', 'same-origin')
    await next()
  })
  app.route(
    '/',
    health({
      patienceMs: readySeconds * 1000,
      needs: {
        store: () => store.list(READINESS, { limit: 1 }),
        directory: () => directory.projects(),
      },
    }),
  )
  app.route('/', metrics({ meter, door }))
  app.route('/', openapi())

  for (const path of INGEST_PATHS) app.use(path, watchedRecords(meter), preflight(keys))
  const sending = ingestDoor(keys, rate(ingestPerMinute))
  app.route('/', ingest({ store, door: sending, bodySeconds, newId, report }))
  app.route('/', otlp({ store, door: sending, bodySeconds, report }))
  app.route('/', reading({ store, door, report }))
  if (live) app.route('/', liveRoute({ live, door, report }))
  app.route('/', keyRoutes({ directory, door, keys, report }))
  app.route('/', projectRoutes({ directory, door, keys, removeData, report }))
  app.route('/', settingsRoutes({ store, directory, door, report }))
  app.all('/v1/*', (context) => problem(context, 404, 'there is no such address'))

  if (pages) {
    const onError = (error: unknown, context: Context<ProjectEnv>) =>
      report(failure(context, 'page failed', error))
    const shown = { store, ...(live && { live }), directory, keys, people, removeData }
    app.route('/', pages({ ...shown, ingestUrl, onError }))
  }
  app.notFound((context) => context.text('There is no such page.', 404))
  app.onError((error, context) => {
    report(failure(context, 'request failed', error))
    return problem(context, 500, 'this could not be answered now')
  })
  return app
}

function ingestUrl(context: Context<ProjectEnv>): string {
  return new URL(context.req.url).origin
}
