/**
 * Sends a page, or a part of it, rendered for who looks at it.
 *
 * @module
 */

import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { ProjectEnv } from '../auth/access.ts'
import { ViewerContext } from './viewer.ts'

type PageStatus = 200 | 400 | 401 | 403 | 404 | 413 | 429 | 500 | 503

export function sendPage(
  context: Context<ProjectEnv>,
  page: Child,
  status: PageStatus = 200,
): Response {
  context.header('content-type', 'text/html; charset=utf-8')
  return context.body(`<!doctype html>${rendered(context, page)}`, status)
}

function rendered(context: Context<ProjectEnv>, page: Child): string {
  const viewer = context.get('viewer')
  return String(<ViewerContext.Provider value={viewer}>{page}</ViewerContext.Provider>)
}

/** What a script asks for and a browser never does, so that neither gets the other's. */
const FRAGMENT = 'text/html-fragment'

export function wantsFragment(c: Context<ProjectEnv>): boolean {
  return c.req.header('accept') === FRAGMENT
}

/** A page, or the part of it that a script asks for: they have one address. */
export function send(c: Context<ProjectEnv>, page: Child, status: 200 | 404 | 500 = 200): Response {
  if (!wantsFragment(c) || status !== 200) return sendPage(c, page, status)
  c.header('content-type', `${FRAGMENT}; charset=utf-8`)
  return c.body(rendered(c, page))
}
