/**
 * The dashboard: pages rendered on the server, complete without scripts.
 *
 * It reads the store for the one project that the request was let in for, and nothing else. A page
 * and the fragment of it that a script asks for have one address and one renderer.
 *
 * @module
 */

import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ProjectEnv } from '../auth/access.ts'
import { Invalid } from '../auth/invalid.ts'
import type { SavedView } from '../auth/saved-views.ts'
import type { Live } from '../store/live.ts'
import type { Store } from '../store/store.ts'
import { compare } from './routes/compare.tsx'
import { listRoutes } from './routes/list.tsx'
import { overviewRoutes } from './routes/overview.tsx'
import { Failed } from './pages/problem.tsx'
import { RefusedPage } from './pages/refused.tsx'
import { scoreRoutes } from './routes/scores.tsx'
import { securityHeaders } from './security.ts'
import { send, sendPage } from './send.tsx'
import { selectedRoutes } from './routes/selected.tsx'
import { sessionRoutes } from './routes/sessions.tsx'
import { toolRoutes } from './routes/tools.tsx'
import { traceRoutes } from './routes/trace.tsx'

export interface DashboardOptions {
  store: Store
  /** How open pages hear of changes; without it they ask every few seconds. */
  live?: Live
  /** The searches that a project keeps. */
  views?: (project: string) => Promise<readonly SavedView[]>
  /** Where an application sends its records, as seen by who asks: the origin, or the whole address. */
  ingestUrl: (c: Context<ProjectEnv>) => string
  /** Told of what the reader is not: why a page could not be made. */
  onError?: (error: unknown, c: Context<ProjectEnv>) => void
  /** Milliseconds since 1970. */
  now?: () => number
}

/** All that has a page. */
export const PATHS = [
  '/',
  '/compare',
  '/overview',
  '/selected',
  '/selected/*',
  '/session',
  '/sessions',
  '/tools',
  '/traces',
  '/traces.csv',
  '/traces/*',
]

export function dashboard(options: DashboardOptions): Hono<ProjectEnv> {
  const { store, onError, now = Date.now } = options
  const app = new Hono<ProjectEnv>()

  for (const path of PATHS) app.use(path, securityHeaders)

  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    if (error instanceof Invalid) {
      return sendPage(c, <RefusedPage title="Not done" reason={error.message} />, 400)
    }
    onError?.(error, c)
    return send(c, <Failed project={c.get('project')} address={c.req.path} />, 500)
  })

  app.get('/', (c) => c.redirect('/traces'))
  app.route('/', listRoutes(options, now))
  app.route('/', selectedRoutes(store))
  app.route('/', traceRoutes({ store, live: options.live?.transport, now }))
  app.route('/', scoreRoutes(store, now))
  app.route('/', compare(store))
  app.route('/', sessionRoutes(store, now))
  app.route('/', toolRoutes(store, now))
  app.route('/', overviewRoutes(store, now))
  return app
}
