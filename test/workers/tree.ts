/**
 * What arrived at a collector, as the trees that it makes.
 *
 * @module
 */

import type { IngestRecord } from '../../src/lib/ingest.ts'
import { fields, number, string, type JsonObject } from '../../src/lib/json.ts'

/** Of each span the newest record. */
export function newest(requests: readonly IngestRecord[][]): IngestRecord[] {
  const known = new Map<string | undefined, IngestRecord>()
  for (const record of requests.flat()) {
    const before = known.get(record.id)
    if (!before || seqOf(record) >= seqOf(before)) known.set(record.id, record)
  }
  return [...known.values()]
}

/** What is said of it in `metadata.carrot`. */
export function carrotOf({ metadata }: IngestRecord): JsonObject {
  return fields(fields(metadata).carrot)
}

function seqOf(record: IngestRecord): number {
  return number(carrotOf(record).seq) ?? 0
}

function spanIdOf({ id = '' }: IngestRecord): string {
  return id.replaceAll('-', '').slice(-16)
}

/** Every span by its way from the root, with how it ended; in alphabetical order. */
export function paths(records: readonly IngestRecord[]): string[] {
  const byId = new Map(records.map((record) => [spanIdOf(record), record]))
  const pathOf = (record: IngestRecord): string => {
    const parentId = string(carrotOf(record).parent_id)
    const parent = byId.get(parentId ?? '')
    const above = parent ? `${pathOf(parent)} > ` : parentId ? '? > ' : ''
    return `${above}${record.name}`
  }
  return records.map((record) => `${pathOf(record)}: ${record.status}`).toSorted()
}

export function traceIdsOf(records: readonly IngestRecord[]): (string | undefined)[] {
  return [...new Set(records.map((record) => string(carrotOf(record).trace_id)))]
}
