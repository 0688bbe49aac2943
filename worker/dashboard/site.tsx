/**
 * All pages: the way in, and behind it settings and traces.
 *
 * @module
 */

import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ProjectEnv, Refusal } from '../auth/access.ts'
import type { People } from '../auth/people.ts'
import { Invalid } from '../auth/invalid.ts'
import { personDoor } from '../auth/person-door.ts'
import type { Live } from '../store/live.ts'
import { account, type AccountOptions } from './routes/account.tsx'
import { dashboard } from './dashboard.tsx'
import { loginRoutes, ownAddress } from './routes/login.tsx'
import { LoginPage } from './pages/login.tsx'
import { ProblemPage } from './pages/problem.tsx'
import { RefusedPage } from './pages/refused.tsx'
import { securityHeaders } from './security.ts'
import { sendPage } from './send.tsx'
import { viewRoutes } from './routes/views.ts'

export interface SiteOptions extends Omit<AccountOptions, 'login'> {
  /** How open pages hear of changes. */
  live?: Live
  people: People
  /** Where an SDK has to send its records. */
  ingestUrl: (context: Context<ProjectEnv>) => string
}

/** To be mounted last: whatever address is asked for has to be let in first. */
export function site(options: SiteOptions): Hono<ProjectEnv> {
  const { store, live, directory, people, ingestUrl, onError } = options
  const app = new Hono<ProjectEnv>()

  app.use(securityHeaders)
  if (people.login) app.route('/', loginRoutes(people.login))
  app.use(personDoor({ people, directory }, refusal(people)))
  app.route('/', account({ ...options, ...(people.login && { login: people.login }) }))
  app.route('/', viewRoutes({ store, directory }))
  const views = async (project: string) => (await directory.settings(project)).views
  app.route('/', dashboard({ store, views, ...(live && { live }), ingestUrl, onError }))
  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse()
    if (error instanceof Invalid) {
      return sendPage(context, <RefusedPage title="Not done" reason={error.message} />, 400)
    }
    onError(error, context)
    return sendPage(context, <Broken project={context.get('project')} />, 500)
  })
  return app
}

const TITLES = {
  401: 'Not logged in',
  403: 'Not allowed',
  429: 'Not now',
  503: 'The dashboard is closed',
} as const

function refusal(people: People): Refusal {
  return (context, status, reason) => {
    if (status === 401 && people.login) {
      const to = ownAddress(context.req.method === 'GET' ? addressOf(context) : '')
      return sendPage(context, <LoginPage to={to} />, 401)
    }
    const page = <RefusedPage title={TITLES[status]} reason={reason} setUp={status === 503} />
    return sendPage(context, page, status)
  }
}

function addressOf(context: Context<ProjectEnv>): string {
  const { pathname, search } = new URL(context.req.url)
  return pathname + search
}

function Broken({ project }: { project: string }) {
  return (
    <ProblemPage project={project} title="This page could not be made">
      <p>Something that it needs did not answer. Try again in a moment.</p>
    </ProblemPage>
  )
}
