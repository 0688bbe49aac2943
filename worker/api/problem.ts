/**
 * Errors of the reading API.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 * @module
 */

import type { Context } from 'hono'

const TITLES = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  500: 'Internal error',
} as const

export function problem(context: Context, status: keyof typeof TITLES, detail: string): Response {
  context.header('content-type', 'application/problem+json')
  return context.body(JSON.stringify({ title: TITLES[status], status, detail }), status)
}
