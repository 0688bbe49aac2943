/**
 * What is answered when the store cannot: why, as far as whoever asks is helped by it, and when to try
 * again.
 *
 * @module
 */

import type { Context } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import { StoreError } from '../store/errors.ts'

export interface StoreAnswer {
  /** 507: nothing helps but room. Senders try again all the same, for it may be made. */
  status: 503 | 507
  reason: string
}

const RETRY_AFTER_SECONDS = 5

/** Sets `retry-after`, for what may be otherwise in a moment. */
export function storeAnswer(
  context: Context<ProjectEnv>,
  error: unknown,
  otherwise: string,
): StoreAnswer {
  context.header('retry-after', String(RETRY_AFTER_SECONDS))
  if (!(error instanceof StoreError)) return { status: 503, reason: otherwise }
  return { status: error.code === 'full' ? 507 : 503, reason: error.message }
}
