/**
 * One batch to one exporter, as often as it takes and no oftener.
 *
 * @module
 */

import { reasonOf, type TraceErrorCode } from '../errors.ts'
import type { SpanRecord } from '../record.ts'
import { unobtrusiveTimer } from '../runtime/timer.ts'
import { RetryLater, TooLarge, type Exporter, type Rejection } from './exporter.ts'

const FIRST_PAUSE_MS = 500
const MAX_PAUSE_MS = 30_000

export interface Delivery {
  exporter: Exporter
  /** How often it is tried again. */
  maxRetries: number
  /** The program may be gone before the answer comes. */
  leaving: boolean
  tell(code: TraceErrorCode, message: string, cause?: unknown): void
}

/** What has not been taken, and has been told of. */
export interface Undelivered {
  /** The receiver did not want them. */
  refused: readonly string[]
  /** They did not arrive. */
  lost: readonly string[]
}

export async function deliver(
  records: readonly SpanRecord[],
  delivery: Delivery,
): Promise<Undelivered> {
  const { exporter, maxRetries, leaving, tell } = delivery
  for (let attempt = 0; ; attempt += 1) {
    try {
      const { rejected } = await exporter.export(records, { leaving: leaving && attempt === 0 })
      return refusal(records, rejected, tell)
    } catch (error) {
      if (error instanceof TooLarge) return split(records, error, delivery)
      if (attempt >= maxRetries) {
        tell(
          'export_failed',
          `${records.length} records are lost after ${attempt + 1} attempts to send them: ${reasonOf(error)}`,
          error,
        )
        return { refused: [], lost: records.map(idOf) }
      }
      await pause(error instanceof RetryLater ? error.afterMs : undefined, attempt)
    }
  }
}

/** In halves, down to the one record that is too large by itself. */
async function split(
  records: readonly SpanRecord[],
  { message: reason }: TooLarge,
  delivery: Delivery,
): Promise<Undelivered> {
  const half = Math.ceil(records.length / 2)
  if (records.length < 2) {
    return refusal(
      records,
      records.map(({ id }) => ({ id, reason })),
      delivery.tell,
    )
  }
  const first = await deliver(records.slice(0, half), delivery)
  const second = await deliver(records.slice(half), delivery)
  return {
    refused: [...first.refused, ...second.refused],
    lost: [...first.lost, ...second.lost],
  }
}

/** Told once a reason, however many records it is the reason for. */
function refusal(
  records: readonly SpanRecord[],
  rejected: readonly Rejection[],
  tell: Delivery['tell'],
): Undelivered {
  for (const reason of new Set(rejected.map((rejection) => rejection.reason))) {
    const count = rejected.filter((rejection) => rejection.reason === reason).length
    tell('record_rejected', `${count} of ${records.length} records were refused: ${reason}`)
  }
  return { refused: rejected.map(idOf), lost: [] }
}

/** Doubles with each attempt, and is spread by half, so that clients do not come back all at once. */
function pause(asked: number | undefined, attempt: number): Promise<void> {
  const own = FIRST_PAUSE_MS * 2 ** attempt * (0.75 + Math.random() / 2)
  const ms = Math.min(Math.max(asked ?? 0, own), MAX_PAUSE_MS)
  return new Promise((resolve) => void unobtrusiveTimer(resolve, ms))
}

function idOf({ id }: { id: string }): string {
  return id
}
