/**
 * Errors of everything but ingest, which has its documented form.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 * @module
 */

import type { Context } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'

const TITLES = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  409: 'Conflict',
  413: 'Content too large',
  415: 'Unsupported media type',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Service unavailable',
  507: 'Insufficient storage',
} as const

/** With the id by which the request stands in the log, for who asks why. */
export function problem(
  context: Context<ProjectEnv>,
  status: keyof typeof TITLES,
  detail: string,
): Response {
  context.header('content-type', 'application/problem+json')
  const body = { title: TITLES[status], status, detail, request_id: context.get('requestId') }
  return context.body(JSON.stringify(body), status)
}
