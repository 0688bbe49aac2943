/**
 * Into an array: for tests, and for looking.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'
import type { Exporter } from './exporter.ts'

export interface MemoryExporter extends Exporter {
  /** The ended records, in the order in which they ended. One that ends again takes the place of the first. */
  readonly records: readonly SpanRecord[]
  clear(): void
}

/** @param maxRecords Past this the oldest are let go. */
export function memory(maxRecords = 10_000): MemoryExporter {
  const records: SpanRecord[] = []
  return {
    immediate: true,
    records,
    export(ended) {
      for (const record of ended) {
        const before = record.seq > 1 ? records.findIndex(({ id }) => id === record.id) : -1
        if (before >= 0) records.splice(before, 1)
        records.push(record)
      }
      records.splice(0, records.length - maxRecords)
      return { rejected: [] }
    },
    clear() {
      records.length = 0
    },
  }
}
