/**
 * The port: all that the collector and its dashboard ask of a storage engine.
 *
 * Every method is scoped to one project, so that no question can reach another's data. Values are
 * plain data, fit to cross a Durable Object's boundary. Times are integer microseconds since 1970.
 *
 * @module
 */

import type { SentCall } from '../../src/lib/ingest.ts'
import type { Json, JsonObject } from '../../src/lib/json.ts'
import type { ErrorRecord, Resource, SpanKind, SpanStatus } from '../../src/lib/record.ts'

export interface Store {
  /** Resolves when the changes are durable. Repeating a call changes nothing. */
  write(project: string, changes: readonly SpanChange[]): Promise<void>
  /** Summaries, newest first; no bodies. */
  list(project: string, query: TraceQuery): Promise<TracePage>
  /** All steps of a trace in order of their start, without bodies; none if it is unknown. */
  trace(project: string, traceId: string): Promise<SpanRow[]>
  /** One step by its id, with bodies. */
  span(project: string, id: string): Promise<SpanDetail | undefined>
  /** The distinct values that a filter can take, in alphabetical order, at most `MAX_VALUES`. */
  values(project: string, field: ValueField): Promise<string[]>
}

export const MAX_VALUES = 200

/**
 * What one ingested record says about a span. `null` says nothing: it never overwrites. `seq`
 * orders two writes: of an older one only what is still unknown is taken.
 */
export interface SpanChange {
  /** UUID, lower case. */
  id: string
  /** 32 hex digits. `null`: that of its parent, once that is known; till then, or without one, its own id. */
  traceId: string | null
  spanId: string
  parentId: string | null
  /** `null` for who keeps no order: what comes later wins, and the order stays as it is. */
  seq: number | null
  name: string | null
  kind: SpanKind | null
  status: SpanStatus | null
  startUs: number | null
  endUs: number | null
  model: string | null
  provider: string | null
  inputTokens: number | null
  outputTokens: number | null
  userId: string | null
  sessionId: string | null
  environment: string | null
  /** Who reported it. */
  resource: Resource | null
  error: ErrorRecord | null
  call: SentCall | null
  tags: readonly string[] | null
  /** Merged by top-level key. */
  metadata: JsonObject | null
  input: Json
  output: Json
}

export interface TraceQuery {
  status?: SpanStatus
  /** Traces in which this model was called. */
  model?: string
  /** Traces in which every one of these tags was given. */
  tags?: readonly string[]
  /** Start of the trace, inclusive and exclusive. */
  fromUs?: number
  toUs?: number
  /** Continue after the last row of an earlier page: its `cursor`. */
  before?: string
  /** 1 to 200; 50 unless told. */
  limit?: number
}

export interface TracePage {
  traces: TraceSummary[]
  /** Pass as `before` for the next page; absent on the last. */
  next?: string
}

export interface TraceSummary {
  traceId: string
  /** The root's, or that of the earliest step as long as the root has not arrived. */
  name: string
  kind: SpanKind
  status: SpanStatus
  startUs: number
  /** `null` while it runs. */
  durationUs: number | null
  models: string[]
  tags: string[]
  /** Sums over all calls; `null` if no call told its usage. */
  inputTokens: number | null
  outputTokens: number | null
  spanCount: number
  errorCount: number
  /** The beginning of the root's input and output, at most `PREVIEW_CHARS` characters. */
  inputPreview: string
  outputPreview: string
}

export const PREVIEW_CHARS = 200

export interface SpanRow {
  id: string
  traceId: string
  spanId: string
  parentId: string | null
  name: string
  kind: SpanKind
  status: SpanStatus
  startUs: number
  endUs: number | null
  model: string | null
  provider: string | null
  inputTokens: number | null
  outputTokens: number | null
  userId: string | null
  sessionId: string | null
  environment: string | null
  /** Who reported it. */
  resource: Resource | null
  error: ErrorRecord | null
  call: SentCall | null
  tags: string[]
  metadata: JsonObject
}

export interface SpanDetail extends SpanRow {
  input: Json
  output: Json
}

export type ValueField = 'model' | 'tag'
