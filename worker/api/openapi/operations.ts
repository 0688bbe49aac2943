/**
 * What can be asked of the API: each address and method, who may, what it takes and what it answers.
 *
 * @module
 */

import type { Scope } from '../../auth/keys.ts'
import { MAX_PAGE, SORTS, SUM_FIELDS, SUMS_OF, WORD_FIELDS } from '../../store/query.ts'
import { EXPORTS } from '../../export/formats.ts'
import { SPAN_STATUSES } from '../../../src/lib/record.ts'
import { list, named, object, type Schema } from './schemas.ts'

export interface Operation {
  method: 'get' | 'post' | 'patch' | 'delete'
  /** As OpenAPI writes it: `/v1/traces/{id}`. */
  path: string
  summary: string
  /** Absent: open to everyone. */
  scope?: Scope
  parameters?: readonly Parameter[]
  body?: Schema
  /** By status; of what is no JSON the media type. */
  answers: Record<number, Schema | string>
}

export interface Parameter {
  name: string
  in: 'query' | 'path'
  description: string
  schema: Schema
}

const text: Schema = { type: 'string' }

function query(name: string, description: string, schema: Schema = text): Parameter {
  return { name, in: 'query', description, schema }
}

const id: Parameter = { name: 'id', in: 'path', description: 'its id', schema: text }

const SEARCH: readonly Parameter[] = [
  query('q', 'a search, such as `model:gpt-5* status:error latency:>2s -tag:dev "some words"`'),
  query('status', 'traces that ended so', { enum: SPAN_STATUSES }),
  query('model', 'traces in which this model was called'),
  query('tag', 'traces with this tag; several times: with all of them', list(text)),
  query('from', 'traces that began then or later, ISO 8601'),
  query('to', 'traces that began before then, ISO 8601'),
]

const NO_CONTENT = ''
const PROBLEM = named('Problem')
const REFUSED = named('Refused')
const OTLP_REFUSED = named('OtlpRefused')

/** What any address behind a key may answer beside its own. */
/** 507: there is no more room in the store; searching takes some as well. */
const GUARDED = {
  400: PROBLEM,
  401: PROBLEM,
  403: PROBLEM,
  500: PROBLEM,
  503: PROBLEM,
  507: PROBLEM,
}
const PAGED = [
  query('before', '`next` of the page before'),
  query('limit', '50 unless told', { type: 'integer', minimum: 1, maximum: MAX_PAGE }),
]
const MANAGED = {
  400: PROBLEM,
  401: PROBLEM,
  403: PROBLEM,
  415: PROBLEM,
  503: PROBLEM,
  507: PROBLEM,
}

export const operations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/traces/ingest',
    summary: 'Takes 1 to 100 records; answers when they are durable',
    scope: 'ingest',
    body: object({ traces: { ...list(named('Record')), minItems: 1, maxItems: 100 } }),
    answers: {
      202: named('Ingested'),
      400: REFUSED,
      401: REFUSED,
      403: REFUSED,
      408: REFUSED,
      413: REFUSED,
      415: REFUSED,
      429: REFUSED,
      503: REFUSED,
      507: REFUSED,
    },
  },
  {
    method: 'post',
    path: '/v1/traces',
    summary: 'Takes OTLP, as JSON or protobuf; answers in its encoding when the spans are durable',
    scope: 'ingest',
    body: named('OtlpRequest'),
    answers: {
      200: named('OtlpTaken'),
      400: OTLP_REFUSED,
      401: OTLP_REFUSED,
      403: OTLP_REFUSED,
      408: OTLP_REFUSED,
      413: OTLP_REFUSED,
      415: OTLP_REFUSED,
      429: OTLP_REFUSED,
      503: OTLP_REFUSED,
    },
  },
  {
    method: 'get',
    path: '/v1/traces',
    summary: 'Traces, newest first unless asked otherwise',
    scope: 'read',
    parameters: [
      ...SEARCH,
      query('sort', 'what is largest first with `-`, smallest without', {
        enum: SORTS.flatMap((sort) => [`-${sort}`, sort]),
      }),
      ...PAGED,
    ],
    answers: { 200: named('TracePage'), ...GUARDED },
  },
  {
    method: 'delete',
    path: '/v1/traces',
    summary: 'Removes up to 200 traces that meet a search; late steps of them are not taken',
    scope: 'admin',
    parameters: SEARCH,
    answers: { 200: named('Removed'), ...GUARDED },
  },
  {
    method: 'get',
    path: '/v1/traces/{id}',
    summary: 'The steps of a trace in order of their start, without bodies',
    scope: 'read',
    parameters: [id],
    answers: { 200: named('Trace'), 404: PROBLEM, ...GUARDED },
  },
  {
    method: 'delete',
    path: '/v1/traces/{id}',
    summary: 'Removes a trace; late steps of it are not taken',
    scope: 'admin',
    parameters: [id],
    answers: { 200: named('Removed'), 404: PROBLEM, ...GUARDED },
  },
  {
    method: 'get',
    path: '/v1/spans/{id}',
    summary: 'One step, with input and output',
    scope: 'read',
    parameters: [id],
    answers: { 200: named('SpanDetail'), 404: PROBLEM, ...GUARDED },
  },
  {
    method: 'get',
    path: '/v1/series',
    summary: 'Counts, tokens, cost and percentiles over time',
    scope: 'read',
    parameters: [
      ...SEARCH,
      query('of', '`calls` to models unless told', { enum: SUMS_OF }),
      query('by', 'one series for each value; of traces and tools `name` and `status` alone', {
        enum: SUM_FIELDS,
      }),
      query('step', 'seconds; a sixtieth of the time unless told', { type: 'integer', minimum: 1 }),
    ],
    answers: { 200: named('Series'), ...GUARDED },
  },
  {
    method: 'post',
    path: '/v1/scores',
    summary: 'Scores a step, by name; the latest of a name counts',
    scope: 'ingest',
    body: named('ScoreRequest'),
    answers: {
      200: named('Scored'),
      404: PROBLEM,
      408: PROBLEM,
      413: PROBLEM,
      415: PROBLEM,
      ...GUARDED,
    },
  },
  {
    method: 'get',
    path: '/v1/sessions',
    summary: 'Sessions of which a trace matches, each as a whole, the one with the newest first',
    scope: 'read',
    parameters: [...SEARCH, ...PAGED],
    answers: { 200: named('SessionPage'), ...GUARDED },
  },
  {
    method: 'get',
    path: '/v1/facets',
    summary:
      'Which values fields have, and how many of the newest 2,000 traces that match have each',
    scope: 'read',
    parameters: [...SEARCH, query('fields', `with commas: of ${WORD_FIELDS.join(', ')}`)],
    answers: { 200: named('Facets'), ...GUARDED },
  },
  {
    method: 'get',
    path: '/v1/export.jsonl',
    summary: 'All steps of the traces that match, a record a line, as ingest takes them',
    scope: 'read',
    parameters: [
      ...SEARCH,
      query(
        'format',
        '`records` unless told; `chat`: calls as examples for training; `skipped`: the calls that are none; `otlp`: spans of OpenTelemetry',
        { enum: ['records', ...EXPORTS] },
      ),
    ],
    answers: { 200: 'application/jsonl', ...GUARDED },
  },
  {
    method: 'get',
    path: '/v1/live',
    summary:
      'Which traces change, as they change: by a WebSocket on Workers, by server-sent events elsewhere',
    scope: 'read',
    answers: {
      101: NO_CONTENT,
      200: 'text/event-stream',
      426: 'text/plain',
      ...GUARDED,
    },
  },
  {
    method: 'get',
    path: '/v1/keys',
    summary: 'The keys of the project, without themselves',
    scope: 'admin',
    answers: { 200: named('Keys'), ...MANAGED },
  },
  {
    method: 'post',
    path: '/v1/keys',
    summary: 'Makes a key',
    scope: 'admin',
    body: named('KeyRequest'),
    answers: { 201: named('NewKey'), ...MANAGED },
  },
  {
    method: 'delete',
    path: '/v1/keys/{id}',
    summary: 'Revokes a key',
    scope: 'admin',
    parameters: [id],
    answers: { 204: NO_CONTENT, 404: PROBLEM, ...MANAGED },
  },
  {
    method: 'get',
    path: '/v1/settings',
    summary: 'The settings of the project',
    scope: 'admin',
    answers: { 200: named('Settings'), ...MANAGED },
  },
  {
    method: 'patch',
    path: '/v1/settings',
    summary: 'Changes what is named',
    scope: 'admin',
    body: {
      type: 'object',
      properties: {
        retention_days: { type: ['integer', 'null'] },
        prices: list(named('PriceRule')),
        views: { type: 'object', additionalProperties: { type: ['string', 'null'] } },
      },
    },
    answers: { 200: named('Settings'), 404: PROBLEM, ...MANAGED },
  },
  {
    method: 'get',
    path: '/v1/projects',
    summary: 'All projects',
    scope: 'deployment',
    answers: { 200: named('Projects'), ...MANAGED },
  },
  {
    method: 'post',
    path: '/v1/projects',
    summary: 'Makes a project and a first key to it',
    scope: 'deployment',
    body: named('ProjectRequest'),
    answers: { 201: named('NewProject'), 409: PROBLEM, ...MANAGED },
  },
  {
    method: 'patch',
    path: '/v1/projects/{id}',
    summary: 'Gives a project another name',
    scope: 'deployment',
    parameters: [id],
    body: named('ProjectRequest'),
    answers: { 200: named('RenamedProject'), 404: PROBLEM, 409: PROBLEM, ...MANAGED },
  },
  {
    method: 'delete',
    path: '/v1/projects/{id}',
    summary: 'Removes a project with all its data',
    scope: 'deployment',
    parameters: [id],
    answers: { 204: NO_CONTENT, 404: PROBLEM, ...MANAGED },
  },
  {
    method: 'get',
    path: '/healthz',
    summary: 'The process runs',
    answers: { 200: object({ status: text }) },
  },
  {
    method: 'get',
    path: '/readyz',
    summary: 'Store and directory answer',
    answers: {
      200: object({ status: text, store: text, directory: text }),
      503: object({ status: text, store: text, directory: text }),
    },
  },
  {
    method: 'get',
    path: '/metrics',
    summary: 'What this isolate or process counted, for Prometheus',
    scope: 'deployment',
    answers: { 200: 'text/plain', 401: PROBLEM, 403: PROBLEM },
  },
  {
    method: 'get',
    path: '/openapi.json',
    summary: 'This document',
    answers: { 200: { type: 'object' } },
  },
]
