/** Records, one a request: each field with what it may hold and what not. */

import { id } from '../store/changes.ts'
import { HOSTILE } from '../store/contract-bodies.ts'
import { accepts, type IngestCase, NOT_ISO, NOT_UUID, one, refuses } from './support/cases.ts'

const TRACE_ID = '0123456789abcdef0123456789abcdef'
const CARROT = { v: 1, trace_id: TRACE_ID, kind: 'task', seq: 0, start_ms: 1_767_225_600_000 }

const carrot = (part: object) => one({ metadata: { carrot: { ...CARROT, ...part } } })
const deep = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels))

export const RECORDS: IngestCase[] = [
  refuses('a record that is a string', one('trace'), 'a trace must be an object, found a string'),
  refuses('a record that is null', one(null), 'a trace must be an object, found nothing'),

  accepts(
    'an id of any version, and gives it in lower case',
    one({ id: '550E8400-E29B-41D4-A716-446655440000' }),
    '550e8400-e29b-41d4-a716-446655440000',
  ),
  accepts('an id of null', one({ id: null })),
  refuses('an id that is no UUID', one({ id: 'not-a-uuid' }), NOT_UUID(10)),
  refuses('an empty id', one({ id: '' }), NOT_UUID(0)),
  refuses('an id with a path', one({ id: `../${id(1)}` }), NOT_UUID(39)),
  refuses('an id with a line break', one({ id: `${id(1)}\n` }), NOT_UUID(37)),
  refuses('a numeric id', one({ id: 7 }), '`id` must be a UUID, found a number'),

  ...[
    '2026-01-31',
    '2026-01-31T12:30',
    '2026-01-31T12:30:15Z',
    '2026-01-31T12:30:15.123456789Z',
    '2026-01-31T12:30:15,5+05:30',
    '2026-01-31T12:30:15-0800',
    '2026-01-31T12:30:15+01',
    '1970-01-01T00:00:00Z',
    '2200-12-31T23:59:59Z',
    '2024-02-29',
    '2016-12-31T23:59:60Z',
  ].map((time) => accepts(`the time ${time}`, one({ started_at: time, ended_at: time }))),
  ...[
    '',
    'yesterday',
    '31.01.2026',
    '2026-1-31',
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-01-31T25:00:00Z',
    '2026-01-31T12:60:00Z',
    '2026-01-31 12:30:15Z',
    '2026-01-31T12:30:15+99:00',
    '2026-01-31T12:30:15Z ',
    'Sat, 31 Jan 2026 12:30:15 GMT',
    '1769860800',
    '1899-12-31',
    '2201-01-01',
    '+275760-09-13T00:00:00Z',
  ].map((time) =>
    refuses(`the time ${JSON.stringify(time)}`, one({ started_at: time }), NOT_ISO('started_at')),
  ),
  refuses('a bad end', one({ ended_at: 'soon' }), NOT_ISO('ended_at')),
  refuses(
    'a time that is a number',
    one({ started_at: 1_769_860_800 }),
    '`started_at` must be an ISO 8601 text, found a number',
  ),
  accepts(
    'an end before the start',
    one({ started_at: '2026-01-31T12:00:00Z', ended_at: '2026-01-31T11:00:00Z' }),
  ),

  ...['running', 'success', 'error', null].map((status) =>
    accepts(`the status ${status}`, one({ status })),
  ),
  refuses(
    'an unknown status',
    one({ status: 'ok' }),
    '`status` must be one of running, success, error, found another word',
  ),
  refuses(
    'a numeric status',
    one({ status: 1 }),
    '`status` must be one of running, success, error, found a number',
  ),

  accepts('a name of 1,000 characters', one({ name: 'n'.repeat(1000) })),
  refuses(
    'a name of 2,000,000 characters',
    one({ name: 'n'.repeat(2_000_000) }),
    '`name` may have 1,000 characters, found 2,000,000',
  ),
  refuses(
    'a name that is an object',
    one({ name: {} }),
    '`name` must be a string, found an object',
  ),

  accepts('100 tags', one({ tags: Array.from({ length: 100 }, (_, index) => `tag ${index}`) })),
  refuses(
    '10,000 tags',
    one({ tags: Array.from({ length: 10_000 }, () => 't') }),
    '`tags` may have 100 items, found 10,000',
  ),
  refuses(
    'a tag of 201 characters',
    one({ tags: ['ok', 't'.repeat(201)] }),
    '`tags[1]` may have 200 characters, found 201',
  ),
  refuses('a tag that is null', one({ tags: [null] }), '`tags[0]` must be a string, found nothing'),
  refuses(
    'tags in one string',
    one({ tags: 'a,b' }),
    '`tags` must be an array of strings, found a string',
  ),

  refuses(
    'metadata in an array',
    one({ metadata: [] }),
    '`metadata` must be an object, found an array',
  ),
  ...['input', 'output'].flatMap((field) => [
    accepts(
      `${field} of any JSON`,
      {
        traces: [null, false, 0, '', [], {}].map((value, index) => ({
          id: id(index),
          [field]: value,
        })),
      },
      ...Array.from({ length: 6 }, (_, index) => id(index)),
    ),
    accepts(`${field} 500 levels deep`, one({ [field]: deep(500) })),
    refuses(
      `${field} 10,000 levels deep`,
      one({ [field]: deep(10_000) }),
      `\`${field}\` may be nested 500 levels deep, found more`,
    ),
  ]),
  refuses(
    'metadata 10,000 levels deep',
    one({ metadata: { a: deep(10_000) } }),
    '`metadata` may be nested 500 levels deep, found more',
  ),

  accepts(
    'numbers that are none',
    '{"traces":[{"input":1e999,"metadata":{"model":7,"input_tokens":-1,"output_tokens":1e300}}]}',
  ),
  accepts(
    'keys called __proto__',
    '{"traces":[{"__proto__":{"id":"x"},"metadata":{"__proto__":{"carrot":1}},"input":{"constructor":{"prototype":1}}}]}',
  ),
  ...HOSTILE.map((text) =>
    accepts(
      `in every field ${JSON.stringify(text)}`,
      one({
        name: text,
        input: text,
        output: { [text]: text },
        tags: [text],
        metadata: { model: text, provider: text, [text]: text, parent_id: text },
      }),
    ),
  ),

  accepts('a parent by UUID', one({ parent_id: id(1) })),
  accepts('a parent by span id', one({ parent_id: '00f067aa0ba902b7' })),
  refuses(
    'a parent that is no id',
    one({ parent_id: 'root' }),
    '`parent_id` is not a UUID such as 550e8400-e29b-41d4-a716-446655440000, found 4 other characters',
  ),
  accepts(
    'a parent in metadata, whatever it is',
    {
      traces: [
        { metadata: { parent_id: id(1) } },
        { metadata: { parent_id: 'root' } },
        { metadata: { parent_id: 7 } },
      ],
    },
    id(0xf01),
    id(0xf02),
    id(0xf03),
  ),

  accepts(
    'what our SDK sends',
    carrot({
      parent_id: '00f067aa0ba902b7',
      end_ms: 1_767_225_600_000.5,
      user_id: 'u',
      session_id: 's',
      resource: { environment: 'e', sdk: 'x' },
    }),
  ),
  accepts(
    'what a newer SDK of this version may add',
    carrot({ novel: 1, call: { novel: 1 }, error: { novel: 1 } }),
  ),
  refuses(
    'carrot of another version',
    carrot({ v: 2 }),
    '`metadata.carrot` is reserved for carrot-trace and must be an object with `v` 1',
  ),
  refuses(
    'carrot as null',
    one({ metadata: { carrot: null } }),
    '`metadata.carrot` is reserved for carrot-trace and must be an object with `v` 1',
  ),
  refuses(
    'carrot as a word',
    one({ metadata: { carrot: 'orange' } }),
    '`metadata.carrot` must be an object, found a string',
  ),
  ...['', TRACE_ID.slice(1), `${TRACE_ID}0`, 'g'.repeat(32), '0'.repeat(32), 7].map((value) =>
    refuses(
      `the trace id ${JSON.stringify(value)}`,
      carrot({ trace_id: value }),
      '`metadata.carrot.trace_id` must be 32 hexadecimal digits, not all zero',
    ),
  ),
  refuses('no trace id', carrot({ trace_id: null }), '`metadata.carrot.trace_id` is missing'),
  refuses(
    'a bad parent id',
    carrot({ parent_id: id(1) }),
    '`metadata.carrot.parent_id` must be 16 hexadecimal digits, not all zero',
  ),
  refuses(
    'a bad kind',
    carrot({ kind: 'dance' }),
    '`metadata.carrot.kind` must be one of workflow, agent, task, tool, retriever, embedding, generation, guardrail, evaluator, found another word',
  ),
  ...[null, -1, 0.5, '1', 2 ** 53].map((seq) =>
    refuses(
      `the seq ${JSON.stringify(seq)}`,
      carrot({ seq }),
      '`metadata.carrot.seq` must be an integer from 0 on',
    ),
  ),
  ...[-1e300, 1e300, '1767225600000'].map((value) =>
    refuses(
      `the start ${JSON.stringify(value)}`,
      carrot({ start_ms: value }),
      '`metadata.carrot.start_ms` must be milliseconds since 1970, of a time from 1900 to 2200',
    ),
  ),
  refuses(
    'a long user id',
    carrot({ user_id: 'u'.repeat(1001) }),
    '`metadata.carrot.user_id` may have 1,000 characters, found 1,001',
  ),
  refuses(
    'a call 10,000 levels deep',
    carrot({ call: { usage: { raw: deep(10_000) } } }),
    '`metadata.carrot` may be nested 500 levels deep, found more',
  ),
]
