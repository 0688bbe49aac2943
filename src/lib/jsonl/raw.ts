/**
 * Records as they are, one a line.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'

/**
 * Every record as a line of JSON, steps and calls. Of a record that was written several times (running,
 * ended, tried again) the newest.
 *
 * @param records Of `memory()`, or what an exporter of your own was given.
 *
 * @example
 * ```ts
 * import { createTracer, memory } from 'carrot-trace'
 * import { toRawRecords } from 'carrot-trace/export'
 *
 * const recorded = memory()
 * createTracer({ exporters: [recorded] }).span('answer', () => 42)
 * console.log(toRawRecords(recorded.records).join('\n'))
 * ```
 */
export function toRawRecords(records: readonly SpanRecord[]): readonly string[] {
  return newest(records).map((record) => JSON.stringify(record))
}

/** In the order in which they first came. */
export function newest(records: readonly SpanRecord[]): readonly SpanRecord[] {
  const known = new Map<string, SpanRecord>()
  for (const record of records) {
    const before = known.get(record.id)
    if (!before || before.seq <= record.seq) known.set(record.id, record)
  }
  return [...known.values()]
}
