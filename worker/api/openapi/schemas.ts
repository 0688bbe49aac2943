/**
 * The shapes of the API, as JSON Schema. What is not named here is not in an answer.
 *
 * @see https://json-schema.org/draft/2020-12
 * @module
 */

import { SPAN_KINDS, SPAN_STATUSES } from '../../../src/lib/record.ts'
import { SCOPES } from '../../auth/keys.ts'
import { SCORE_NAME } from '../../store/score.ts'

/** Part of a schema, or all of it. */
export interface Schema {
  readonly [keyword: string]: unknown
}

const text: Schema = { type: 'string' }
const time: Schema = { type: 'string', description: 'ISO 8601, in microseconds' }
const count: Schema = { type: 'integer', minimum: 0 }
const number: Schema = { type: 'number' }
const texts: Schema = { type: 'array', items: text }
/** Of the kind of a call, an error or metadata: as it was sent. */
const free: Schema = { type: 'object' }

export function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] }
}

export function list(items: Schema): Schema {
  return { type: 'array', items }
}

export function named(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` }
}

/** All of them are there, and no others. */
export function object(
  properties: Record<string, Schema>,
  optional: readonly string[] = [],
): Schema {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    additionalProperties: false,
  }
}

const span = {
  id: { type: 'string', format: 'uuid' },
  trace_id: text,
  span_id: text,
  parent_id: orNull(text),
  name: text,
  kind: { enum: SPAN_KINDS },
  status: { enum: SPAN_STATUSES },
  started_at: time,
  ended_at: orNull(time),
  model: orNull(text),
  provider: orNull(text),
  input_tokens: orNull(count),
  output_tokens: orNull(count),
  cost_usd: { ...orNull(number), description: 'null: not known' },

  user_id: orNull(text),
  session_id: orNull(text),
  environment: orNull(text),
  resource: orNull(free),
  error: orNull(free),
  call: orNull(free),
  tags: texts,
  metadata: free,
  scores: { type: 'object', additionalProperties: named('Score') },
}

const key = {
  id: text,
  name: text,
  scopes: list({ enum: SCOPES }),
  origins: texts,
  created_at: time,
}

const percentiles = object({ p50: orNull(number), p90: orNull(number), p99: orNull(number) })

/** What one of the nine documented fields may be; `null` says nothing. */
const record: Schema = {
  type: 'object',
  properties: {
    id: orNull({ type: 'string', format: 'uuid' }),
    name: orNull(text),
    input: {},
    output: {},
    metadata: orNull(free),
    tags: orNull(texts),
    status: orNull({ enum: SPAN_STATUSES }),
    started_at: orNull(text),
    ended_at: orNull(text),
    parent_id: orNull({ type: 'string', description: 'UUID or span id of the parent' }),
  },
}

export const schemas: Record<string, Schema> = {
  Record: record,
  Ingested: object({
    traces: list(object({ id: text })),
    errors: list(object({ index: count, id: text, error: text }, ['id'])),
  }),
  Refused: object({ error: text }),
  /** `ExportTraceServiceRequest`, which OpenTelemetry defines. */
  OtlpRequest: { type: 'object', properties: { resourceSpans: list(free) } },
  OtlpTaken: object(
    { partialSuccess: object({ rejectedSpans: text, errorMessage: text }, ['rejectedSpans']) },
    ['partialSuccess'],
  ),
  /** `google.rpc.Status`. */
  OtlpRefused: object({ code: count, message: text }),
  Problem: object({ title: text, status: { type: 'integer' }, detail: text, request_id: text }, [
    'request_id',
  ]),
  Span: object(span),
  SpanDetail: object({ ...span, input: {}, output: {} }),
  Score: object(
    {
      value: { anyOf: [number, { type: 'string', minLength: 1 }] },
      note: text,
      by: text,
      at: time,
    },
    ['note', 'by'],
  ),
  ScoreRequest: {
    type: 'object',
    properties: {
      id: { type: 'string', format: 'uuid', description: 'of the step' },
      trace_id: { type: 'string', description: 'instead: the first step of this trace' },
      name: { type: 'string', pattern: SCORE_NAME.source, description: 'in either case' },
      value: {
        anyOf: [number, { type: 'string', minLength: 1 }, { type: 'null' }],
        description: 'null takes the score back',
      },
      note: orNull(text),
      by: orNull(text),
    },
    required: ['name', 'value'],
  },
  Scored: object({
    id: text,
    trace_id: text,
    scores: { type: 'object', additionalProperties: named('Score') },
  }),
  TraceSummary: object({
    trace_id: text,
    name: text,
    kind: { enum: SPAN_KINDS },
    status: { enum: SPAN_STATUSES },
    started_at: time,
    duration_ms: { ...orNull(number), description: 'null: it runs' },
    models: texts,
    tags: texts,
    scores: list(object({ name: text, value: text })),
    input_tokens: orNull(count),
    output_tokens: orNull(count),
    cost_usd: { ...orNull(number), description: 'of the calls whose cost is known' },
    unpriced_calls: { ...count, description: 'calls that used tokens and have no known price' },
    first_text_ms: { ...orNull(number), description: 'of the call whose first text came latest' },
    span_count: count,
    error_count: count,
    input_preview: text,
    output_preview: text,
  }),
  TracePage: object(
    {
      traces: list(named('TraceSummary')),
      next: {
        type: 'string',
        description:
          '`before` of the next page; absent on the last. A page may be short, or empty, and have a next one.',
      },
    },
    ['next'],
  ),
  Trace: object({ trace_id: text, spans: list(named('Span')) }),
  Series: object({
    from: time,
    to: time,
    complete: { type: 'boolean', description: 'false: `to` is earlier than asked for' },
    step_seconds: count,
    buckets: list(
      object({
        started_at: time,
        group: orNull(text),
        count,
        errors: count,
        input_tokens: count,
        output_tokens: count,
        cost_usd: orNull(number),
        priced: { ...count, description: 'how many have a known cost' },
        latency_ms: percentiles,
        first_text_ms: percentiles,
      }),
    ),
  }),
  SessionPage: object(
    {
      sessions: list(named('Session')),
      next: { type: 'string', description: 'as of a page of traces' },
    },
    ['next'],
  ),
  Session: object({
    session_id: text,
    users: { ...texts, description: 'at most five of them' },
    traces: { ...count, description: 'of which all that follows is told' },
    more: { type: 'boolean', description: 'true: there are more than its newest 1,000 traces' },
    errors: { ...count, description: 'traces that failed' },
    first_started_at: time,
    last_started_at: time,
    latency_ms: percentiles,
    input_tokens: orNull(count),
    output_tokens: orNull(count),
    cost_usd: { ...orNull(number), description: 'of the calls whose cost is known' },
    unpriced_calls: count,
    last_name: text,
    last_status: { enum: SPAN_STATUSES },
    last_input_preview: text,
  }),
  Facets: object({
    facets: {
      type: 'object',
      additionalProperties: list(object({ value: text, traces: count })),
    },
  }),
  Removed: object({
    traces: count,
    spans: count,
    more: { type: 'boolean', description: 'true: ask again' },
  }),
  Key: object(key),
  Keys: object({ keys: list(named('Key')) }),
  NewKey: object({ ...key, key: { type: 'string', description: 'shown this once' } }),
  KeyRequest: {
    type: 'object',
    properties: { name: text, scopes: list({ enum: SCOPES }), origins: texts },
    required: ['name', 'scopes'],
  },
  Settings: object({
    retention_days: orNull({ type: 'integer', minimum: 1, description: 'null: all is kept' }),
    prices: list(named('PriceRule')),
    views: {
      type: 'object',
      additionalProperties: text,
      description: 'searches by the names that they are kept under: `q=status:error&range=24h`',
    },
  }),
  PriceRule: {
    ...object(
      {
        model: { type: 'string', description: 'its name; with `*` at the end whatever begins so' },
        provider: { ...orNull(text), description: 'null: whoever serves it' },
        input: number,
        output: number,
        cache_read: orNull(number),
        cache_write: orNull(number),
      },
      ['provider', 'cache_read', 'cache_write'],
    ),
    description: 'US dollars for a million tokens; the first that fits a call counts',
  },
  Project: object({ id: text, name: text, created_at: time }),
  Projects: object({ projects: list(named('Project')) }),
  NewProject: object({ id: text, name: text, key: named('NewKey') }),
  RenamedProject: object({ id: text, name: text }),
  ProjectRequest: { type: 'object', properties: { name: text }, required: ['name'] },
}
