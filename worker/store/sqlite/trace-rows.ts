/**
 * Traces as rows, which summaries are made of.
 *
 * @module
 */

import type { SpanKind, SpanStatus } from '../../../src/lib/record.ts'
import type { TraceSummary } from '../store.ts'
import { decode } from '../text.ts'

export type TraceColumns = {
  key: number
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
  span_count: number
  error_count: number
  input_preview: string
  output_preview: string
}

export function toSummary(
  columns: TraceColumns,
  labels: Pick<TraceSummary, 'models' | 'tags' | 'scores'>,
): TraceSummary {
  return {
    traceId: columns.trace_id,
    name: decode(columns.name),
    kind: columns.kind,
    status: columns.status,
    startUs: columns.start_us,
    durationUs: columns.duration_us,
    ...labels,
    inputTokens: columns.input_tokens,
    outputTokens: columns.output_tokens,
    costNano: columns.cost_nano,
    costMissing: columns.cost_missing,
    firstTextUs: columns.first_text_us,
    spanCount: columns.span_count,
    errorCount: columns.error_count,
    inputPreview: decode(columns.input_preview),
    outputPreview: decode(columns.output_preview),
  }
}
