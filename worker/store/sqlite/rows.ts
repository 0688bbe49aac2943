/**
 * Spans as rows: the columns, and the way there and back.
 *
 * @module
 */

import { traceIdOf } from '../../../src/lib/ids.ts'
import type { SentCall } from '../../../src/lib/ingest.ts'
import type { JsonObject } from '../../../src/lib/json.ts'
import type { Resource, SpanKind, SpanStatus } from '../../../src/lib/record.ts'
import type { ErrorRecord } from '../../../src/lib/error-record.ts'
import type { Body, Known } from '../merge.ts'
import type { Scores } from '../score.ts'
import { firstTextUs, shownKind, shownName } from '../shown.ts'
import type { SpanRow } from '../store.ts'
import { decode, encode } from '../text.ts'

// Type aliases, as a row is an open record and an interface is none.
export type SpanColumns = {
  id: string
  trace_id: string
  trace_told: number
  start_told: number
  start_us: number
  span_id: string
  parent_id: string | null
  seq: number
  name: string | null
  kind: SpanKind | null
  status: SpanStatus | null
  end_us: number | null
  model: string | null
  provider: string | null
  input_tokens: number | null
  output_tokens: number | null
  cost_nano: number | null
  first_text_us: number | null
  user_id: string | null
  session_id: string | null
  environment: string | null
  tags: string | null
  input_preview: string | null
  output_preview: string | null
  facts: string
}

/** Long texts, in a table of their own. */
export type BodyColumns = {
  input: string | null
  output: string | null
}

export type WholeSpan = SpanColumns & BodyColumns

/** One that is stored, and how often it was written. */
export type StoredSpan = WholeSpan & { key: number; rev: number }

/** What is in `facts`. */
export interface Facts {
  error: ErrorRecord | null
  call: SentCall | null
  metadata: JsonObject | null
  resource: Resource | null
  /** Not in rows of before there were any. */
  scores?: Scores | null
}

/** Texts that may be long, as columns hold them. */
export type SpanTexts = Pick<WholeSpan, 'facts' | 'input' | 'output'>

/** @param stored What is there already: where and since when, as long as no record says. */
export function toColumns(
  known: Known,
  stored: SpanColumns | undefined,
  { costNano, nowUs, texts }: { costNano: number | null; nowUs: number; texts: SpanTexts },
): WholeSpan {
  return {
    id: known.id,
    trace_id: known.traceId ?? stored?.trace_id ?? traceIdOf(known.id),
    trace_told: Number(known.traceId !== null),
    start_told: Number(known.startUs !== null),
    start_us: known.startUs ?? stored?.start_us ?? nowUs,
    span_id: known.spanId,
    parent_id: known.parentId,
    seq: known.seq,
    name: safe(known.name),
    kind: known.kind,
    status: known.status,
    end_us: known.endUs,
    model: safe(known.model),
    provider: safe(known.provider),
    input_tokens: known.inputTokens,
    output_tokens: known.outputTokens,
    cost_nano: costNano,
    first_text_us: firstTextUs(known.call),
    user_id: safe(known.userId),
    session_id: safe(known.sessionId),
    environment: safe(known.environment),
    tags: known.tags && JSON.stringify(known.tags),
    input_preview: safe(known.input && known.input.preview),
    output_preview: safe(known.output && known.output.preview),
    ...texts,
  }
}

export function factsOf({ error, call, metadata, resource, scores }: Known): string {
  const facts: Facts = { error, call, metadata, resource, ...(scores && { scores }) }
  return JSON.stringify(facts)
}

/** @param facts The text of the column, whole. */
export function toKnown(columns: WholeSpan, facts: string): Known {
  const { error, call, metadata, resource, scores = null } = readFacts(facts)
  return {
    id: columns.id,
    traceId: columns.trace_told === 1 ? columns.trace_id : null,
    startUs: columns.start_told === 1 ? columns.start_us : null,
    spanId: columns.span_id,
    parentId: columns.parent_id,
    seq: columns.seq,
    name: plain(columns.name),
    kind: columns.kind,
    status: columns.status,
    endUs: columns.end_us,
    model: plain(columns.model),
    provider: plain(columns.provider),
    inputTokens: columns.input_tokens,
    outputTokens: columns.output_tokens,
    userId: plain(columns.user_id),
    sessionId: plain(columns.session_id),
    environment: plain(columns.environment),
    resource,
    error,
    call,
    tags: columns.tags === null ? null : readTags(columns),
    metadata,
    scores,
    input: storedBody(columns.input_preview, columns.input),
    output: storedBody(columns.output_preview, columns.output),
  }
}

export function toSpanRow(columns: SpanColumns, facts: string): SpanRow {
  const { error, call, metadata, resource, scores } = readFacts(facts)
  const said = {
    name: plain(columns.name),
    kind: columns.kind,
    model: plain(columns.model),
    parentId: columns.parent_id,
  }
  return {
    id: columns.id,
    traceId: columns.trace_id,
    spanId: columns.span_id,
    parentId: columns.parent_id,
    name: shownName(said),
    kind: shownKind(said),
    status: columns.status ?? 'running',
    startUs: columns.start_us,
    endUs: columns.end_us,
    model: said.model,
    provider: plain(columns.provider),
    inputTokens: columns.input_tokens,
    outputTokens: columns.output_tokens,
    costNano: columns.cost_nano,
    userId: plain(columns.user_id),
    sessionId: plain(columns.session_id),
    environment: plain(columns.environment),
    resource,
    error,
    call,
    tags: readTags(columns),
    metadata: metadata ?? {},
    scores: scores ?? {},
  }
}

export function readTags({ tags }: Pick<SpanColumns, 'tags'>): string[] {
  return tags === null ? [] : JSON.parse(tags)
}

function readFacts(facts: string): Facts {
  return JSON.parse(facts)
}

function storedBody(preview: string | null, stored: string | null): Body | null {
  return preview === null || stored === null ? null : { preview: decode(preview), body: { stored } }
}

function safe(text: string | null): string | null {
  return text === null ? null : encode(text)
}

function plain(text: string | null): string | null {
  return text === null ? null : decode(text)
}
