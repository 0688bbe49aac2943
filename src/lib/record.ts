/**
 * The record: what one step of a pipeline leaves behind, and the contract between SDK and collector.
 *
 * A step (`span`) and a call to a model are the same envelope; a call has the `call` part as well.
 * Records are plain JSON data: no dates, no binary, nothing that holds on to a request. The call
 * part follows the OpenTelemetry GenAI conventions, so that every exporter reads the same facts.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 * @module
 */

import type { ErrorRecord } from './error-record.ts'
import type { Json, JsonObject } from './json.ts'
import type { ModelCall } from './model-call.ts'

/** One step: sent when it starts (`running`) and again, completed, when it ends. */
export interface SpanRecord {
  v: 1
  /** UUIDv7. The key for every upsert, and so for idempotent retries. */
  id: string
  trace: TraceIds
  name: string
  kind: SpanKind
  status: SpanStatus
  /**
   * Orders the writes of one record: 0 while it runs, 1 once it has ended. A call that is tried again
   * runs and ends again, at 2 and 3, and so on.
   */
  seq: number
  /** Wall clock, milliseconds since 1970; fractions allowed. */
  startUnixMs: number
  endUnixMs?: number
  /** For a call the request body as sent, for a step what it was given. Redacted and bounded. */
  input?: Json
  /** For a call the assistant's message, for a step what it returned. Redacted and bounded. */
  output?: Json
  tags: string[]
  metadata: JsonObject
  userId?: string
  sessionId?: string
  error?: ErrorRecord
  resource?: Resource
  call?: ModelCall
}

export interface TraceIds {
  /** 32 hex digits: the root record's id without dashes, or the trace id of a remote parent. */
  traceId: string
  /** 16 hex digits: the last 16 of the record's id. */
  spanId: string
  /** The parent's `spanId`; absent on a root. */
  parentSpanId?: string
  sampled: boolean
}

export const SPAN_STATUSES = ['running', 'success', 'error'] as const
export type SpanStatus = (typeof SPAN_STATUSES)[number]

export const SPAN_KINDS = [
  'workflow',
  'agent',
  'task',
  'tool',
  'retriever',
  'embedding',
  'generation',
  'guardrail',
  'evaluator',
] as const

/** What a step is, in the field's words. */
export type SpanKind = (typeof SPAN_KINDS)[number]

/** Who reports: the application and its SDK. */
export interface Resource {
  service?: string
  environment?: string
  release?: string
  /** Name and version of the SDK, such as `carrot-trace/0.1.0`. */
  sdk: string
}
