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
  refused: readonly Missing[]
  /** They did not arrive. */
  lost: readonly Missing[]
}

export interface Missing extends Rejection {
  cause?: unknown
}

/** Tells once a reason, however many records it is the reason for. */
export async function deliver(
  records: readonly SpanRecord[],
  delivery: Delivery,
): Promise<Undelivered> {
  const { tell } = delivery
  const undelivered = await send(records, delivery)
  for (const [count, { reason }] of byReason(undelivered.refused)) {
    tell('record_rejected', `${count} of ${records.length} records were refused: ${reason}`)
  }
  for (const [count, { reason, cause }] of byReason(undelivered.lost)) {
    tell('export_failed', `${count} records are lost ${reason}`, cause)
  }
  return undelivered
}

async function send(records: readonly SpanRecord[], delivery: Delivery): Promise<Undelivered> {
  const { exporter, maxRetries, leaving } = delivery
  for (let attempt = 0; ; attempt += 1) {
    try {
      const { rejected } = await exporter.export(records, { leaving: leaving && attempt === 0 })
      // Read here: what an exporter of the application's own returns may be anything.
      return { refused: rejected.map(({ id, reason }) => ({ id, reason })), lost: [] }
    } catch (cause) {
      if (cause instanceof TooLarge) return split(records, cause, delivery)
      if (attempt >= maxRetries) {
        const reason = `after ${attempt + 1} attempts to send them: ${reasonOf(cause)}`
        return { refused: [], lost: records.map(({ id }) => ({ id, reason, cause })) }
      }
      await pause(cause instanceof RetryLater ? cause.afterMs : undefined, attempt)
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
  if (records.length < 2) return { refused: records.map(({ id }) => ({ id, reason })), lost: [] }
  const first = await send(records.slice(0, half), delivery)
  const second = await send(records.slice(half), delivery)
  return {
    refused: [...first.refused, ...second.refused],
    lost: [...first.lost, ...second.lost],
  }
}

/** How many there are for each reason, and one of them. */
function byReason(missing: readonly Missing[]): [count: number, one: Missing][] {
  const counts = new Map<string, [number, Missing]>()
  for (const one of missing) counts.set(one.reason, [(counts.get(one.reason)?.[0] ?? 0) + 1, one])
  return [...counts.values()]
}

/** Doubles with each attempt, and is spread by half, so that clients do not come back all at once. */
function pause(asked: number | undefined, attempt: number): Promise<void> {
  const own = FIRST_PAUSE_MS * 2 ** attempt * (0.75 + Math.random() / 2)
  const ms = Math.min(Math.max(asked ?? 0, own), MAX_PAUSE_MS)
  return new Promise((resolve) => void unobtrusiveTimer(resolve, ms))
}
