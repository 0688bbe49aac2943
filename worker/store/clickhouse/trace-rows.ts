/**
 * Traces as rows of their table, and as they are shown.
 *
 * @module
 */

import type { SpanKind, SpanStatus } from '../../../src/lib/record.ts'
import { shownScore } from '../marks.ts'
import { MAX_LABELS } from '../shown.ts'
import type { TraceSummary } from '../store.ts'
import { decode } from '../text.ts'

export interface TraceRow {
  trace_id: string
  start_us: number
  name: string
  kind: SpanKind
  status: SpanStatus
  duration_us: number | null
  input_tokens: number | null
  output_tokens: number | null
  cost_nano: number | null
  cost_missing: number
  first_text_us: number | null
  spans: number
  errors: number
  input_preview: string
  output_preview: string
  marks: string[]
}

export function toSummary(row: TraceRow): TraceSummary {
  return {
    traceId: row.trace_id,
    name: decode(row.name),
    kind: row.kind,
    status: row.status,
    startUs: row.start_us,
    durationUs: row.duration_us,
    models: valuesOf(row, 'model').slice(0, MAX_LABELS),
    tags: valuesOf(row, 'tag').slice(0, MAX_LABELS),
    scores: valuesOf(row, 'score').slice(0, MAX_LABELS).map(shownScore),
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    costNano: row.cost_nano,
    costMissing: row.cost_missing,
    firstTextUs: row.first_text_us,
    spanCount: row.spans,
    errorCount: row.errors,
    inputPreview: decode(row.input_preview),
    outputPreview: decode(row.output_preview),
  }
}

/** What a trace has of a field. */
export function valuesOf({ marks }: Pick<TraceRow, 'marks'>, field: string): string[] {
  return marks
    .filter((mark) => mark.startsWith(`${field}\n`))
    .map((mark) => decode(mark.slice(field.length + 1)))
    .toSorted()
}
