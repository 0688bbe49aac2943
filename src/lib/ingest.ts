/**
 * The shape in which records travel to a collector.
 *
 * It is the documented ingest body of the Carrot API: nine top-level fields and nothing else, so
 * that the same request is understood by the hosted API. All that has no field there rides in the
 * one reserved key `metadata.carrot`.
 *
 * @see https://platform.carrotlabs.ai/docs/api-reference/trace-ingest
 * @module
 */

import type { Json, JsonObject } from './json.ts'
import type { Resource, SpanKind, SpanStatus } from './record.ts'
import type { ErrorRecord } from './error-record.ts'
import type { ModelCall } from './model-call.ts'
import type { Choice } from './message.ts'

/** At most this many records per request; the API answers 400 to more. */
export const MAX_BATCH = 100

export interface IngestBody {
  traces: IngestRecord[]
}

/** One record. A repeated `id` is merged: only non-null fields overwrite. */
export interface IngestRecord {
  /** A UUID; the server makes one if it is absent. */
  id?: string | undefined
  name?: string | undefined
  input?: Json | undefined
  output?: Json | undefined
  /** The user's own keys, the documented `model`, `input_tokens`, `output_tokens`, `latency_ms`, and `carrot`. */
  metadata?: JsonObject | undefined
  tags?: string[] | undefined
  /** `running` when absent. */
  status?: SpanStatus | undefined
  /** ISO 8601. Exact to the millisecond; `CarrotMetadata` has the fractions. */
  started_at?: string | undefined
  ended_at?: string | undefined
}

/** `metadata.carrot`. */
export interface CarrotMetadata {
  v: 1
  /** 32 hex digits. */
  trace_id: string
  /** The parent's span id: the last 16 hex digits of its record's id. Absent on a root. */
  parent_id?: string | undefined
  kind: SpanKind
  seq: number
  /** Milliseconds since 1970, with fractions. */
  start_ms: number
  end_ms?: number | undefined
  user_id?: string | undefined
  session_id?: string | undefined
  resource?: Resource | undefined
  error?: ErrorRecord | undefined
  call?: SentCall | undefined
}

/** A call as it travels: what the model said is in `output` and not repeated here. */
export type SentCall = Omit<ModelCall, 'response' | 'error'> & {
  response: Omit<ModelCall['response'], 'choices'> & { choices: Omit<Choice, 'message'>[] }
}

/** The answer, 202: accepted records in the order sent, and those refused with the reason. */
export interface IngestReply {
  traces: { id: string }[]
  errors: { index: number; id?: string; error: string }[]
}
