/**
 * What operations may learn of a failure. Messages of engines and of JSON quote what they choked on,
 * so a report has the kind of an error and never its text.
 *
 * @module
 */

import type { Context } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'

export interface Failure {
  event: string
  /** The error's name. */
  cause: string
  /** Of the request in which it happened. */
  requestId?: string
}

export type Report = (failure: Failure) => void

/** The report of what failed in a request. */
export function failure(context: Context<ProjectEnv>, event: string, error: unknown): Failure {
  const cause = error instanceof Error ? error.name : typeof error
  return { event, cause, requestId: context.get('requestId') }
}
