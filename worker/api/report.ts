/**
 * What operations may learn of a failure. Messages of engines and of JSON quote what they choked on,
 * so a report has the kind of an error and never its text.
 *
 * @module
 */

import type { Context } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import { StoreError } from '../store/errors.ts'

export interface Failure {
  event: string
  /** The error's name; of a store's also its code. */
  cause: string
  /** Of the request in which it happened. */
  requestId?: string
}

export type Report = (failure: Failure) => void

/** The report of what failed in a request. */
export function failure(context: Context<ProjectEnv>, event: string, error: unknown): Failure {
  return { event, cause: causeOf(error), requestId: context.get('requestId') }
}

export function causeOf(error: unknown): string {
  if (error instanceof StoreError) return `${error.name} ${error.code}`
  return error instanceof Error ? error.name : typeof error
}
