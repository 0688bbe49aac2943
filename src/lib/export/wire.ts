/**
 * A record as it travels: the documented ingest shape, with the rest in `metadata.carrot`.
 *
 * @module
 */

import type { CarrotMetadata, IngestRecord, SentCall } from '../ingest.ts'
import type { Json, JsonObject } from '../json.ts'
import type { SpanRecord } from '../record.ts'
import type { ModelCall } from '../model-call.ts'

/** What is undefined here is left out by JSON. */
export function toWire(record: SpanRecord): IngestRecord {
  const { id, name, input, output, tags, status, startUnixMs, endUnixMs } = record
  return {
    id,
    name,
    input,
    output,
    metadata: { ...record.metadata, ...documented(record), carrot: toJson(reserved(record)) },
    tags: tags.length > 0 ? tags : undefined,
    status,
    started_at: new Date(startUnixMs).toISOString(),
    ended_at: endUnixMs === undefined ? undefined : new Date(endUnixMs).toISOString(),
  }
}

/** What the reference system's own SDK writes, and its dashboard reads. What is unknown is not said. */
function documented({ call, startUnixMs, endUnixMs }: SpanRecord): JsonObject {
  const model = call?.response.model ?? call?.request.model
  const { input = null, output = null } = call?.usage ?? {}
  return {
    ...(model && { model }),
    ...(input !== null && { input_tokens: input }),
    ...(output !== null && { output_tokens: output }),
    ...(endUnixMs !== undefined && { latency_ms: Math.round(endUnixMs - startUnixMs) }),
  }
}

function reserved(record: SpanRecord): CarrotMetadata {
  const { trace, kind, seq, resource, error, call } = record
  return {
    v: 1,
    trace_id: trace.traceId,
    parent_id: trace.parentSpanId,
    kind,
    seq,
    start_ms: record.startUnixMs,
    end_ms: record.endUnixMs,
    user_id: record.userId,
    session_id: record.sessionId,
    resource,
    error,
    call: call && toSent(call),
  }
}

function toSent({ error: _error, response, ...call }: ModelCall): SentCall {
  const choices = response.choices.map(({ message: _message, ...choice }) => choice)
  return { ...call, response: { ...response, choices } }
}

/** Interfaces have no index signature, so the compiler cannot see that this is JSON; the record's types see to it. */
function toJson(metadata: CarrotMetadata): Json {
  return metadata as object as JsonObject
}
