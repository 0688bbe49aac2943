/**
 * One batch to one exporter, as often as it takes and no oftener.
 *
 * @module
 */

import { reasonOf, type TraceErrorCode } from '../errors.ts'
import type { SpanRecord } from '../record.ts'
import { unobtrusiveTimer } from '../runtime/timer.ts'
import {
  RetryLater,
  TooLarge,
  type Exporter,
  type ExportReceipt,
  type Rejection,
} from './exporter.ts'

const FIRST_PAUSE_MS = 500
const MAX_PAUSE_MS = 30_000
/** As OpenTelemetry has it: an open request keeps a process alive that has nothing else to do. */
const MAX_REQUEST_MS = 10_000

export interface Delivery {
  exporter: Exporter
  /** How often it is tried again. */
  maxRetries: number
  /** The program may be gone before the answer comes. */
  leaving: boolean
  /** How to give up each request and each pause of all that are sent. */
  underWay: Set<() => void>
  /** Whether it has been given up, and told of. */
  isOver(): boolean
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
  const { tell, isOver } = delivery
  const undelivered = await send(records, delivery)
  for (const [count, { reason }] of byReason(undelivered.refused)) {
    tell('record_rejected', `${count} of ${records.length} records were refused: ${reason}`)
  }
  if (isOver()) return undelivered
  for (const [count, { reason, cause }] of byReason(undelivered.lost)) {
    tell('export_failed', `${count} records are lost ${reason}`, cause)
  }
  return undelivered
}

async function send(records: readonly SpanRecord[], delivery: Delivery): Promise<Undelivered> {
  const { maxRetries, leaving, underWay, isOver } = delivery
  for (let attempt = 0; ; attempt += 1) {
    try {
      const { rejected } = await request(records, delivery, leaving && attempt === 0)
      // Read here: what an exporter of the application's own returns may be anything.
      return { refused: rejected.map(({ id, reason }) => ({ id, reason })), lost: [] }
    } catch (cause) {
      if (cause instanceof TooLarge) return split(records, cause, delivery)
      if (attempt >= maxRetries || isOver()) {
        const reason = `after ${attempt + 1} attempts to send them: ${reasonOf(cause)}`
        return { refused: [], lost: records.map(({ id }) => ({ id, reason, cause })) }
      }
      // A page that goes away may have said no to the kind of request alone, and leaves no time.
      if (leaving && attempt === 0) continue
      await pause(cause instanceof RetryLater ? cause.afterMs : undefined, attempt, underWay)
    }
  }
}

async function request(
  records: readonly SpanRecord[],
  { exporter, underWay }: Delivery,
  leaving: boolean,
): Promise<ExportReceipt> {
  const controller = new AbortController()
  const { signal } = controller
  const stop = unobtrusiveTimer(() => controller.abort(new Error(NO_ANSWER)), MAX_REQUEST_MS)
  const giveUp = () => controller.abort()
  underWay.add(giveUp)
  try {
    return await exporter.export(records, { leaving, signal })
  } finally {
    stop()
    underWay.delete(giveUp)
  }
}

const NO_ANSWER = `no answer within ${MAX_REQUEST_MS / 1_000} s`

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
function pause(
  asked: number | undefined,
  attempt: number,
  underWay: Set<() => void>,
): Promise<void> {
  const own = FIRST_PAUSE_MS * 2 ** attempt * (0.75 + Math.random() / 2)
  const ms = Math.min(Math.max(asked ?? 0, own), MAX_PAUSE_MS)
  return new Promise((resolve) => {
    const stop = unobtrusiveTimer(done, ms)
    underWay.add(done)

    function done(): void {
      stop()
      underWay.delete(done)
      resolve()
    }
  })
}
