/**
 * Where records go. An exporter only sends: batching, retry and lifetime live once, in `batch`.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'

export interface Exporter {
  /** Hand over each ended record at once, one by one, instead of in batches. */
  readonly immediate?: boolean
  /**
   * Sends the records. A repeated record replaces the earlier one with its id.
   *
   * @returns Which of them were taken. What was refused is not sent again.
   * @throws Anything, where sending again later may help; a `RetryLater` says when.
   */
  export(records: readonly SpanRecord[]): Promise<ExportReceipt> | ExportReceipt
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
