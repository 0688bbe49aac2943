/**
 * The pages of sessions: all of them, and one with its traces as a thread.
 *
 * @module
 */

import { Hono } from 'hono'
import type { ProjectEnv } from '../../auth/access.ts'
import { StoreError } from '../../store/errors.ts'
import type { TraceQuery } from '../../store/query.ts'
import type { SessionQuery, SessionSummary } from '../../store/session-query.ts'
import type { Store } from '../../store/store.ts'
import { readFilters, toQuestion } from '../list/filters.ts'
import { listAddress } from '../list/list-address.ts'
import { Missing } from '../pages/problem.tsx'
import { SessionPage } from '../pages/session.tsx'
import { SessionsPage } from '../pages/sessions.tsx'
import { sendPage } from '../send.tsx'
import { threadOf } from '../trace/session-thread.ts'

/** Traces of a session on one page: the texts of each are on it. */
const VISITS = 20

/** Several sessions may meet in one trace; more than a page of them do not. */
const MAX_MET = 50

export function sessionRoutes(store: Store, now: () => number): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  app.get('/sessions', async (c) => {
    const { searchParams } = new URL(c.req.url)
    const reading = readFilters(searchParams)
    const { filters, problems } = reading
    if (filters.sort) {
      problems.push('sessions have one order: the one with the newest trace comes first')
      delete filters.sort
    }
    if ([...searchParams.values()].includes(''))
      return c.redirect(listAddress(filters, '/sessions'))
    const project = c.get('project')
    const question: SessionQuery = toQuestion(reading, now())
    const { before } = filters
    const page = await store
      .sessions(project, { ...question, ...(before !== undefined && { before }) })
      .catch((error: unknown) => {
        if (!isCursor(error)) throw error
        problems.push('before does not name a page of this list; here is the first')
        delete filters.before
        return store.sessions(project, question)
      })
    return sendPage(c, <SessionsPage project={project} page={page} reading={reading} />)
  })

  app.get('/session', async (c) => {
    const project = c.get('project')
    const { id, before, order } = c.req.query()
    const isNewestFirst = order === 'newest'
    const session = id === undefined ? undefined : await find(project, id)
    if (id === undefined || !session) {
      return sendPage(c, <Missing project={project} what="session" />, 404)
    }
    const question: TraceQuery = { ...ofSession(id), limit: VISITS, ascending: !isNewestFirst }
    const page = await store
      .list(project, { ...question, ...(before !== undefined && { before }) })
      .catch((error: unknown) => {
        if (!isCursor(error)) throw error
        return store.list(project, question)
      })
    const inOrder = isNewestFirst ? page.traces.toReversed() : page.traces
    const visits = await threadOf(store, project, inOrder)
    const shown = { visits: isNewestFirst ? visits.toReversed() : visits, next: page.next }
    const place = { isNewestFirst, isFirst: before === undefined }
    return sendPage(c, <SessionPage {...{ project, session, ...shown, ...place }} />)
  })

  async function find(project: string, id: string): Promise<SessionSummary | undefined> {
    const { sessions } = await store.sessions(project, { ...ofSession(id), limit: MAX_MET })
    return sessions.find(({ sessionId }) => sessionId === id)
  }

  return app
}

function ofSession(id: string): TraceQuery {
  return { terms: [{ field: 'session', values: [id] }] }
}

function isCursor(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'invalid_cursor'
}
