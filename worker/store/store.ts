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
import type { Resource, SpanKind, SpanStatus } from '../../src/lib/record.ts'
import type { ErrorRecord } from '../../src/lib/error-record.ts'
import type { PriceRule } from './price.ts'
import type { Scores } from './score.ts'
import type { FacetQuery, Facets, SumQuery, Sums, TraceQuery } from './query.ts'
import type { SessionPage, SessionQuery } from './session-query.ts'

export interface Store {
  /** Resolves when the changes are durable. Repeating a call changes nothing. */
  write(project: string, changes: readonly SpanChange[]): Promise<void>
  /**
   * Summaries, newest first unless asked otherwise; no bodies. A page may be short, or empty, and have a
   * `next` all the same: a question that few traces meet is answered a stretch at a time.
   */
  list(project: string, query: TraceQuery): Promise<TracePage>
  /** All steps of a trace in order of their start, without bodies; none if it is unknown. */
  trace(project: string, traceId: string): Promise<SpanRow[]>
  /** Steps by their ids, with bodies, in the order asked for; what is unknown is left out. */
  spans(project: string, ids: readonly string[]): Promise<SpanDetail[]>
  /** Sums over time, a bounded stretch at a call. */
  sum(project: string, query: SumQuery): Promise<Sums>
  facets(project: string, query: FacetQuery): Promise<Facets>
  sessions(project: string, query: SessionQuery): Promise<SessionPage>
  /** Removes a bounded number of traces with all that belongs to them. */
  remove(project: string, what: Removal): Promise<Removed>
  /** Takes over what a project has its own way. Costs of what is stored follow by and by (`tend`). */
  configure(project: string, settings: StoreSettings): Promise<void>
  /** Does some of what was put off, such as preparing texts for search; says whether there is more. */
  tend(project: string): Promise<boolean>
}

export interface StoreSettings {
  /** The first that fits a call counts, before the rates of its provider. */
  priceRules: readonly PriceRule[]
}

/** At most this many in a call of `spans`: their bodies are in memory at once. */
export const MAX_SPANS = 100

/** Traces by id, which stay removed although steps of them arrive late; or all that began before a time. */
export type Removal = { traces: readonly string[] } | { beforeUs: number }

export interface Removed {
  spans: number
  /** Ask again. */
  more: boolean
}

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
  /** Merged by name: the latest of each counts. */
  scores: Scores | null
  input: Json
  output: Json
}

export interface TracePage {
  traces: TraceSummary[]
  /** Pass as `before` for the next page; absent on the last, and only there. */
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
  /** Of all its steps, by name. */
  scores: ShownScore[]
  /** Sums over all calls; `null` if no call told its usage. */
  inputTokens: number | null
  outputTokens: number | null
  /** Of the calls whose cost is known; `null` if that is none. `costMissing` says how many others used tokens. */
  costNano: number | null
  costMissing: number
  /** Of the call whose first text came latest. */
  firstTextUs: number | null
  spanCount: number
  errorCount: number
  /** The beginning of the root's input and output, at most `PREVIEW_CHARS` characters. */
  inputPreview: string
  outputPreview: string
}

export interface ShownScore {
  name: string
  /** As text: a list of traces does not reckon with it. */
  value: string
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
  /** Billionths of a US dollar; `null` where it is no call, or its cost is not known. */
  costNano: number | null
  userId: string | null
  sessionId: string | null
  environment: string | null
  /** Who reported it. */
  resource: Resource | null
  error: ErrorRecord | null
  call: SentCall | null
  tags: string[]
  metadata: JsonObject
  /** Those that were taken back, too: a later one has to be later than these. */
  scores: Scores
}

export interface SpanDetail extends SpanRow {
  input: Json
  output: Json
}
