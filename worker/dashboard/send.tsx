/**
 * Sends a page, rendered for who looks at it.
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

export function rendered(context: Context<ProjectEnv>, page: Child): string {
  const viewer = context.get('viewer')
  return String(<ViewerContext.Provider value={viewer}>{page}</ViewerContext.Provider>)
}
