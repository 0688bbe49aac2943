/**
 * To the console: one line per call or step, when it ends.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'
import type { Exporter } from './exporter.ts'

/** @param write Takes each line; `console.log` unless told. */
export function consoleExporter(write: (line: string) => void = log): Exporter {
  return {
    immediate: true,
    export(records) {
      for (const record of records) write(line(record))
      return { rejected: [] }
    },
  }
}

/** Such as `✓ chat gpt-4o  310 ms  150 → 42 tokens`. An unknown count is a question mark. */
function line({
  status,
  name,
  trace,
  call,
  error,
  startUnixMs,
  endUnixMs = startUnixMs,
}: SpanRecord): string {
  const parts = [
    `${status === 'error' ? '✗' : '✓'} ${name}`,
    endUnixMs === startUnixMs ? 'no time measured' : `${Math.round(endUnixMs - startUnixMs)} ms`,
  ]
  if (call) parts.push(`${call.usage.input ?? '?'} → ${call.usage.output ?? '?'} tokens`)
  if (call && call.ended !== 'complete') parts.push(call.ended)
  if (call?.attempts) parts.push(`attempt ${call.attempts.length + 1}`)
  if (error) parts.push([error.type, error.message].filter(Boolean).join(': '))
  parts.push(trace.traceId)
  // Escape sequences in captured text would be carried out by a terminal.
  // oxlint-disable-next-line no-control-regex
  return parts.join('  ').replace(/[\u0000-\u001f\u007f-\u009f]/g, '·')
}

function log(line: string): void {
  // oxlint-disable-next-line no-console -- this is what it is for
  console.log(line)
}
