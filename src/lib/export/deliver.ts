/**
 * One batch to one exporter, as often as it takes and no oftener.
 *
 * @module
 */

import { reasonOf, type TraceErrorCode } from '../errors.ts'
import type { SpanRecord } from '../record.ts'
import { unobtrusiveTimer } from '../runtime/timer.ts'
import { RetryLater, type Exporter, type Rejection } from './exporter.ts'

const FIRST_PAUSE_MS = 500
const MAX_PAUSE_MS = 30_000

/** The records refused, or `lost` when the batch never arrived. Both have been told of. */
export async function deliver(
  exporter: Exporter,
  records: readonly SpanRecord[],
  { maxRetries, leaving }: { maxRetries: number; leaving: boolean },
  tell: (code: TraceErrorCode, message: string, cause?: unknown) => void,
): Promise<readonly Rejection[] | 'lost'> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const { rejected } = await exporter.export(records, { leaving: leaving && attempt === 0 })
      for (const reason of new Set(rejected.map((rejection) => rejection.reason))) {
        const count = rejected.filter((rejection) => rejection.reason === reason).length
        tell('record_rejected', `${count} of ${records.length} records were refused: ${reason}`)
      }
      return rejected
    } catch (error) {
      if (attempt >= maxRetries) {
        tell(
          'export_failed',
          `${records.length} records are lost after ${attempt + 1} attempts to send them: ${reasonOf(error)}`,
          error,
        )
        return 'lost'
      }
      await pause(error instanceof RetryLater ? error.afterMs : undefined, attempt)
    }
  }
}

/** Doubles with each attempt, and is spread by half, so that clients do not come back all at once. */
function pause(asked: number | undefined, attempt: number): Promise<void> {
  const own = FIRST_PAUSE_MS * 2 ** attempt * (0.75 + Math.random() / 2)
  const ms = Math.min(Math.max(asked ?? 0, own), MAX_PAUSE_MS)
  return new Promise((resolve) => void unobtrusiveTimer(resolve, ms))
}
