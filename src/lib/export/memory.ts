/**
 * Into an array: for tests, and for looking.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'
import type { Exporter } from './exporter.ts'

export interface MemoryExporter extends Exporter {
  /** The ended records, in the order in which they ended. */
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
      records.push(...ended)
      records.splice(0, records.length - maxRecords)
      return { rejected: [] }
    },
    clear() {
      records.length = 0
    },
  }
}
