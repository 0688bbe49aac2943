/**
 * A step as an ingest record: what `readRecord` makes the same step of again.
 *
 * @module
 */

import type { JsonObject } from '../../src/lib/json.ts'
import { validScores } from '../store/score.ts'
import type { SpanDetail } from '../store/store.ts'
import { defined } from './defined.ts'
import { scoresJson } from './score.ts'
import { writeTime } from './time.ts'

/** What a step was told has gone through several hands; from now on it is one write. */
const SEQ = 0

export function recordJson(span: SpanDetail) {
  return {
    id: span.id,
    name: span.name,
    input: span.input,
    output: span.output,
    metadata: { ...metadataOf(span), carrot: carrotOf(span) },
    tags: span.tags,
    status: span.status,
    started_at: writeTime(span.startUs),
    ended_at: span.endUs === null ? null : writeTime(span.endUs),
  }
}

/** Where the documented keys do not say it, and the call does not either. */
function metadataOf(span: SpanDetail): JsonObject {
  const { model, provider, inputTokens, outputTokens, metadata } = span
  const told = { model, provider, input_tokens: inputTokens, output_tokens: outputTokens }
  const missing = Object.entries(told).filter(
    ([key, value]) => value !== null && !Object.hasOwn(metadata, key),
  )
  return { ...metadata, ...Object.fromEntries(missing) }
}

function carrotOf(span: SpanDetail) {
  const { resource, environment } = span
  return defined({
    v: 1,
    trace_id: span.traceId,
    parent_id: span.parentId,
    kind: span.kind,
    seq: SEQ,
    start_ms: span.startUs / 1000,
    end_ms: span.endUs === null ? null : span.endUs / 1000,
    user_id: span.userId,
    session_id: span.sessionId,
    resource: resource ?? (environment === null ? undefined : { sdk: 'unknown', environment }),
    error: span.error,
    call: span.call,
    scores: Object.keys(validScores(span.scores)).length > 0 ? scoresJson(span.scores) : undefined,
  })
}
