/**
 * To the console: a line for each call when it ends, and for each trace its tree.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'
import { mayColor } from '../runtime/colors.ts'
import { COLORS, lineOf, PLAIN, treeOf } from './console-text.ts'
import type { Exporter } from './exporter.ts'

export interface ConsoleOptions {
  /** Takes each line; `console.log` unless told. */
  write?: ((line: string) => void) | undefined
  /** Whether to colour; on terminals unless told, and never where `NO_COLOR` is set. */
  colors?: boolean | undefined
}

/** Past these what waits for the end of its trace is let go. */
const MAX_TRACES = 100
const MAX_RECORDS = 1_000

/**
 * Writes a line for each call when it ends, and a tree for each trace of more than one record when its
 * root does.
 *
 * Of a trace that began in another program the calls are written, and no tree.
 */
export function consoleExporter(options: ConsoleOptions | ConsoleOptions['write'] = {}): Exporter {
  const { write = log, colors } = typeof options === 'function' ? { write: options } : options
  const traces = new Map<string, SpanRecord[]>()
  const paint = () => ((colors ?? mayColor()) ? COLORS : PLAIN)

  return {
    immediate: true,
    export(records) {
      for (const record of records) take(record)
      return { rejected: [] }
    },
  }

  function take(record: SpanRecord): void {
    const { traceId, parentSpanId } = record.trace
    const inside = (traces.get(traceId) ?? []).filter(({ id }) => id !== record.id)
    const isRoot = parentSpanId === undefined
    if (isRoot && inside.length > 0) {
      for (const line of treeOf(inside, record, paint())) write(line)
    } else if (isRoot || record.call) {
      write(lineOf(record, paint()))
    }
    traces.delete(traceId)
    if (isRoot || inside.length === MAX_RECORDS) return
    traces.set(traceId, [...inside, record])
    const [oldest] = traces.keys()
    if (traces.size > MAX_TRACES && oldest) traces.delete(oldest)
  }
}

function log(line: string): void {
  // oxlint-disable-next-line no-console -- this is what it is for
  console.log(line)
}
