/** Requests of OTLP and their answers, as data: what is refused, and what is said of what is left out. */

import type { Json } from '../../src/lib/json.ts'
import { PARENT, request, span, SPAN, type Sketch, TRACE } from './support/otlp.ts'

export interface OtlpCase {
  name: string
  body: string | object
  headers?: Record<string, string>
  status: number
  reply: object
  /** How many spans are kept. */
  kept: number
}

const takes = (
  name: string,
  body: string | object,
  kept = 1,
  headers?: Record<string, string>,
) => ({
  name,
  body,
  status: 200,
  reply: {},
  kept,
  ...(headers && { headers }),
})

const refuses = (
  name: string,
  body: string | object,
  message: string,
  status = 400,
  headers?: Record<string, string>,
): OtlpCase => ({
  name,
  body,
  status,
  reply: { code: status === 413 ? 8 : 3, message },
  kept: 0,
  ...(headers && { headers }),
})

const ids = (digits: number, field: string) =>
  `\`${field}\` must be ${digits} hexadecimal digits, not all zero`

const TYPES = 'the content-type must be application/json or application/x-protobuf'
const ENCODINGS = 'the content-encoding may be gzip or none, found another'

/** A value in so many lists. */
function deep(levels: number): Json {
  let value: Json = 'end'
  for (let level = 0; level < levels; level += 1) value = [value]
  return value
}

export const REQUESTS: OtlpCase[] = [
  takes('a span', request(span())),
  takes('a charset', request(span()), 1, { 'content-type': 'application/json; charset=utf-8' }),
  takes('no span', { resourceSpans: [] }, 0),
  takes('an empty object', {}, 0),
  takes('a resource without spans', { resourceSpans: [{}, { scopeSpans: [{}] }] }, 0),
  takes('fields that nobody knows', { ...request(span({ color: 'red' })), more: 1 }),
  takes('numbers for texts of 64 bits', request(span({ startTimeUnixNano: 1_767_225_600e9 }))),
  takes(
    'names of the prototype',
    request(span({ attributes: JSON.parse('{"__proto__":1,"constructor":2,"toString":3}') })),
  ),
  takes('text of every kind', request(span({ name: '\u0000 \ud800 \u202e \u001b[31m 💥' }))),
  takes('no times', request(span({ startTimeUnixNano: '0', endTimeUnixNano: '0' }))),
  takes('an end before the start', request(span({ endTimeUnixNano: '1' }))),
  takes('times of 2300', request(span({ startTimeUnixNano: '10413792000000000000' }))),
  takes('a parent of zeros, which is none', request(span({ parentSpanId: '0'.repeat(16) }))),

  refuses('an empty body', '', 'the body is not valid JSON'),
  refuses('what is not JSON', '{"resourceSpans":[', 'the body is not valid JSON'),
  refuses('an array', '[]', 'the body must be an object, found an array'),
  refuses('null', 'null', 'the body must be an object, found nothing'),
  refuses('a number', '7', 'the body must be an object, found a number'),
  refuses(
    'spans as an object',
    { resourceSpans: [{ scopeSpans: [{ spans: {} }] }] },
    '`spans` must be an array, found an object',
  ),
  refuses(
    'resources as an object',
    { resourceSpans: {} },
    '`resourceSpans` must be an array, found an object',
  ),
  refuses(
    'attributes as an object',
    request({ ...span(), attributes: { a: 1 } }),
    '`attributes` must be an array, found an object',
  ),
  refuses(
    'logs',
    { resourceLogs: [] },
    'traces are taken here, as `resourceSpans`, found `resourceLogs`',
  ),
  refuses(
    'metrics',
    { resourceMetrics: [] },
    'traces are taken here, as `resourceSpans`, found `resourceMetrics`',
  ),
  refuses(
    'names that are not in camel case',
    { resource_spans: [] },
    'traces are taken here, as `resourceSpans`, found `resource_spans`',
  ),
  refuses('a span that is none', request(7), ids(32, 'traceId')),
  ...[
    ['none', undefined],
    ['too short', TRACE.slice(1)],
    ['all zero', '0'.repeat(32)],
    ['no hex', 'x'.repeat(32)],
    ['base64, as other JSON of protobuf has it', 'W47/95gDgQPSabYzgT/GDA=='],
    ['a number', 7],
  ].map(([what, traceId]) =>
    refuses(`a trace id: ${what}`, request(span({ traceId: traceId as Json })), ids(32, 'traceId')),
  ),
  refuses('a span id that is none', request(span({ spanId: SPAN.slice(1) })), ids(16, 'spanId')),
  refuses(
    'a parent id that is none',
    request(span({ parentSpanId: 'parent' })),
    ids(16, 'parentSpanId'),
  ),

  refuses('another type', 'a=b', TYPES, 415, { 'content-type': 'text/plain' }),
  refuses('a form', 'a=b', TYPES, 415, { 'content-type': 'application/x-www-form-urlencoded' }),
  ...['br', 'zstd', 'gzip, gzip', 'x'].map((encoding) =>
    refuses(`the encoding ${encoding}`, request(span()), ENCODINGS, 415, {
      'content-encoding': encoding,
    }),
  ),
  refuses('what says gzip and is not', request(span()), 'the body is not valid gzip', 400, {
    'content-encoding': 'gzip',
  }),
  refuses(
    '11 MB',
    ' '.repeat(11 * 1024 * 1024),
    'the body may have 10,485,760 bytes, found more',
    413,
  ),
]

export interface PartialCase {
  name: string
  body: object
  kept: number
  partialSuccess: object
}

export const many = (count: number, sketch: (index: number) => Sketch = () => ({})) =>
  Array.from({ length: count }, (_, index) =>
    span({ spanId: (index + 1).toString(16).padStart(16, '0'), ...sketch(index) }),
  )
const some = <Item>(count: number, item: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => item(index))
const members = (count: number) =>
  Object.fromEntries(some(count, (index) => [`key.${index}`, index]))

export const PARTIAL: PartialCase[] = [
  {
    name: 'three of a hundred without an id',
    body: request(...many(100, (index) => (index % 40 === 7 ? { traceId: 'x' } : {}))),
    kept: 97,
    partialSuccess: {
      rejectedSpans: '3',
      errorMessage: `spans were refused, the first one because ${ids(32, 'traceId')}`,
    },
  },
  {
    name: '1,000 attributes that become metadata',
    body: request(span({ attributes: members(1000) })),
    kept: 1,
    partialSuccess: { errorMessage: 'attributes left out: 744' },
  },
  {
    name: '5,000 attributes',
    body: request(span({ attributes: members(5000) })),
    kept: 1,
    partialSuccess: { errorMessage: 'attributes left out: 4744' },
  },
  {
    name: 'a key of 10 KB, and one of nothing',
    body: request(span({ attributes: { ['k'.repeat(10_000)]: 1, '': 2, a: 3 } })),
    kept: 1,
    partialSuccess: { errorMessage: 'attributes left out: 2' },
  },
  {
    name: 'a long text that becomes metadata',
    body: request(span({ attributes: { a: 'x'.repeat(20_000) } })),
    kept: 1,
    partialSuccess: { errorMessage: 'long texts cut: 1' },
  },
  {
    name: '10,000 events and links',
    body: request(
      span({
        events: some(10_000, () => ({ name: 'e', attributes: {} })),
        links: some(10_000, () => ({ traceId: TRACE, spanId: PARENT })),
      }),
    ),
    kept: 1,
    partialSuccess: { errorMessage: 'events left out: 9872, links left out: 9872' },
  },
  {
    name: 'a value of 1,000 levels',
    body: request(span({ attributes: { a: deep(1000) } })),
    kept: 1,
    partialSuccess: { errorMessage: 'values nested too deep left out: 1' },
  },
]
