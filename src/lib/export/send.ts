/**
 * Batches to every exporter, and the account of what became of their records.
 *
 * @module
 */

import type { TraceErrorCode } from '../errors.ts'
import type { SpanRecord } from '../record.ts'
import { sendBlocking } from '../runtime/blocking.ts'
import { deliver } from './deliver.ts'
import type { Exporter } from './exporter.ts'
import { isEnded } from './queue.ts'

/** What became of the records that ended since the last receipt. */
export interface Receipt {
  accepted: number
  /** Refused by the receiver, each reported to `onError`. */
  rejected: number
  /** Lost here: the queue was full, or the receiver out of reach for too long. */
  dropped: number
  /** Waiting or on their way still. */
  pending: number
}

export interface Sender {
  /** Whether there is anybody to send batches to. */
  readonly batches: boolean
  /** To those who want each record as it ends. */
  handOver(record: SpanRecord): void
  /** @param leaving The program may be gone before the answer comes. */
  send(records: readonly SpanRecord[], leaving?: boolean): Promise<void>
  /** The same at once, while the process stands still. How many records did not arrive. */
  sendBlocking(batches: readonly (readonly SpanRecord[])[], ms: number): number
  dropped(record: SpanRecord): void
  /** Gives up what is on its way, without a word on it. */
  abandon(): void
  /** How many records have not ended, and so not been sent to who takes nothing else. */
  unfinished(): number
  /** The account since it was last asked for. */
  settle(): Omit<Receipt, 'pending'>
}

export function createSender(
  exporters: readonly Exporter[],
  maxRetries: number,
  tell: (code: TraceErrorCode, message: string, cause?: unknown) => void,
): Sender {
  const immediate = exporters.filter((exporter) => exporter.immediate)
  const batched = exporters.filter((exporter) => !exporter.immediate)
  const running = new Set<string>() // of those that one of the exporters has not been told of
  const underWay = new Set<() => void>()
  let turn = 0 // which ends when what is under way in it is given up
  let receipt = { accepted: 0, rejected: 0, dropped: 0 }

  return {
    batches: batched.length > 0,
    handOver(record) {
      if (!isEnded(record)) return
      for (const exporter of immediate) {
        void (async () => exporter.export([record]))().catch((cause: unknown) =>
          tell('export_failed', 'An exporter failed.', cause),
        )
      }
      if (batched.length === 0) receipt[immediate.length > 0 ? 'accepted' : 'dropped'] += 1
    },
    async send(records, leaving = false) {
      note(records)
      const own = turn
      const isOver = () => turn !== own
      const outcomes = await Promise.all(
        batched.map((exporter) =>
          deliver(records, { exporter, maxRetries, leaving, underWay, isOver, tell }),
        ),
      )
      // What one of several exporters did not get counts as not delivered.
      const lost = new Set(outcomes.flatMap(({ lost }) => lost.map(({ id }) => id)))
      const refused = new Set(outcomes.flatMap(({ refused }) => refused.map(({ id }) => id)))
      for (const { id } of records.filter(isEnded)) {
        receipt[lost.has(id) ? 'dropped' : refused.has(id) ? 'rejected' : 'accepted'] += 1
      }
    },
    sendBlocking(batches, ms) {
      note(batches.flat())
      const arrived = batched.map((exporter) => {
        const requests = batches.flatMap((records) => exporter.request?.(records) ?? [])
        const answers = requests.length > 0 ? sendBlocking(requests, ms) : []
        return batches.map((_, index) => isGood(answers[index]))
      })
      let count = 0
      for (const [index, records] of batches.entries()) {
        const lost = arrived.some((each) => !each[index])
        receipt[lost ? 'dropped' : 'accepted'] += records.filter(isEnded).length
        if (lost) count += records.length
      }
      return count
    },
    dropped(record) {
      if (!isEnded(record)) return
      receipt.dropped += 1
      running.delete(record.id)
    },
    abandon() {
      turn += 1
      for (const giveUp of underWay) giveUp()
    },
    unfinished: () => running.size,
    settle() {
      const settled = receipt
      receipt = { accepted: 0, rejected: 0, dropped: 0 }
      return settled
    },
  }

  function note(records: readonly SpanRecord[]): void {
    if (!batched.some((exporter) => exporter.endedOnly)) return
    for (const record of records) {
      if (isEnded(record)) running.delete(record.id)
      else if (running.size < MAX_RUNNING) running.add(record.id)
    }
  }
}

/** Past these nobody counts: spans that never end would fill the memory. */
const MAX_RUNNING = 10_000

function isGood(status = 0): boolean {
  return status >= 200 && status < 300
}
