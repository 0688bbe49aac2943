/**
 * Where records go. An exporter only sends: batching, retry and lifetime live once, in `batch`.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'
import type { PlainRequest } from '../runtime/blocking.ts'

export interface Exporter {
  /** Hand over each ended record at once, one by one, instead of in batches. */
  readonly immediate?: boolean
  /** What still runs means nothing to it: it is told of what has ended alone. */
  readonly endedOnly?: boolean
  /**
   * Sends the records. A repeated record replaces the earlier one with its id.
   *
   * @returns Which of them were taken. What was refused is not sent again.
   * @throws Anything, where sending again later may help; a `RetryLater` says when, a `TooLarge` that less
   * at once would be taken.
   */
  export(
    records: readonly SpanRecord[],
    circumstances?: Circumstances,
  ): Promise<ExportReceipt> | ExportReceipt
  /**
   * The request that sends them, for the moment in which the process ends and nothing can be waited for.
   * Without it, what has not been sent by then is lost.
   */
  request?(records: readonly SpanRecord[]): PlainRequest
}

/** Under which records are sent. */
export interface Circumstances {
  /** The page they come from may be gone before the answer comes: the request has to outlive it. */
  leaving: boolean
  /** Aborted when there has been no answer for too long, or nobody waits for one any more. */
  signal?: AbortSignal
}

export interface ExportReceipt {
  rejected: readonly Rejection[]
}

export interface Rejection {
  id: string
  reason: string
}

/** The receiver asked to be left alone for a while. */
export class RetryLater extends Error {
  override readonly name = 'RetryLater'
  readonly afterMs: number | undefined

  constructor(message: string, afterMs: number | undefined) {
    super(message)
    this.afterMs = afterMs
  }
}

/** The receiver takes less at once: the batch is sent in halves. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}
