/**
 * What became of the records of programs that ended in one way, on each runtime.
 *
 * @module
 */

import type { IngestRecord } from '../../src/lib/ingest.ts'

/** A way to end, and what there was to deliver. */
export interface Way {
  name: string
  recorded: number
  /** Where nothing arrives, or only some: a runtime's name, or every one. */
  delivers?: Partial<Record<string, number>>
}

export interface Row extends Way {
  /** How many records arrived, by the runtime's name. */
  delivered: Record<string, number>
}

export function expected({ recorded, delivers = {} }: Way, runtime: string): number {
  return delivers[runtime] ?? delivers.everywhere ?? recorded
}

/** A record may be sent as it runs and as it ended, and once more as the process ends: it is one. */
export function count(requests: readonly IngestRecord[][]): number {
  return new Set(requests.flat().map(({ id }) => id)).size
}
