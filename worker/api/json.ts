/**
 * Rows as the reading API shows them, in the words of the documented ingest.
 *
 * @module
 */

import type { SpanRow, TraceSummary } from '../store/store.ts'
import { scoresJson } from './score.ts'
import { writeTime } from './time.ts'

export function summaryJson(trace: TraceSummary) {
  return {
    trace_id: trace.traceId,
    name: trace.name,
    kind: trace.kind,
    status: trace.status,
    started_at: writeTime(trace.startUs),
    duration_ms: trace.durationUs === null ? null : trace.durationUs / 1000,
    models: trace.models,
    tags: trace.tags,
    scores: trace.scores,
    input_tokens: trace.inputTokens,
    output_tokens: trace.outputTokens,
    cost_usd: usd(trace.costNano),
    unpriced_calls: trace.costMissing,
    first_text_ms: trace.firstTextUs === null ? null : trace.firstTextUs / 1000,
    span_count: trace.spanCount,
    error_count: trace.errorCount,
    input_preview: trace.inputPreview,
    output_preview: trace.outputPreview,
  }
}

export function spanJson(span: SpanRow) {
  return {
    id: span.id,
    trace_id: span.traceId,
    span_id: span.spanId,
    parent_id: span.parentId,
    name: span.name,
    kind: span.kind,
    status: span.status,
    started_at: writeTime(span.startUs),
    ended_at: span.endUs === null ? null : writeTime(span.endUs),
    model: span.model,
    provider: span.provider,
    input_tokens: span.inputTokens,
    output_tokens: span.outputTokens,
    cost_usd: usd(span.costNano),
    user_id: span.userId,
    session_id: span.sessionId,
    environment: span.environment,
    resource: span.resource,
    error: span.error,
    call: span.call,
    tags: span.tags,
    metadata: span.metadata,
    scores: scoresJson(span.scores),
  }
}

/** Unknown is no amount. */
export function usd(nano: number | null): number | null {
  return nano === null ? null : nano / 1e9
}
