/** Requests as a whole, and batches of good and bad records. */

import { id } from '../store/changes.ts'
import { accepts, type IngestCase, kept, NOT_UUID, one, refuses } from './support/cases.ts'

export const REQUESTS: IngestCase[] = [
  accepts(
    'the documented example',
    one({
      name: 'customer-support-agent',
      input: { messages: [{ role: 'user', content: 'How do I reset my password?' }] },
      output: {
        message: { role: 'assistant', content: 'Go to Settings > Security > Reset Password.' },
      },
      metadata: { model: 'gpt-4', total_tokens: 192 },
      tags: ['production', 'v2'],
      status: 'success',
    }),
  ),
  accepts('a record that says nothing', one({})),
  accepts(
    '100 records',
    { traces: Array.from({ length: 100 }, (_, index) => ({ id: id(index) })) },
    ...Array.from({ length: 100 }, (_, index) => id(index)),
  ),
  accepts(
    'more fields than are documented',
    { traces: [{ id: id(1), color: 'red' }], sdk: 'other' },
    id(1),
  ),
  {
    ...accepts('any content type', one({ id: id(1) }), id(1)),
    headers: { 'content-type': 'text/plain' },
  },
  accepts('a byte order mark', `\uFEFF${JSON.stringify(one({ id: id(1) }))}`, id(1)),

  refuses('an empty body', '', 'the body is not valid JSON'),
  refuses('what is not JSON', '{"traces":[{"name":"secret"', 'the body is not valid JSON'),
  refuses('NaN', '{"traces":[{"input":NaN}]}', 'the body is not valid JSON'),
  refuses('null', 'null', 'the body must be an object with `traces`, found nothing'),
  refuses('an array', '[]', 'the body must be an object with `traces`, found an array'),
  refuses('a number', '7', 'the body must be an object with `traces`, found a number'),
  refuses('an object without traces', '{}', '`traces` must be an array, found nothing'),
  refuses(
    'traces as an object',
    '{"traces":{"0":{}}}',
    '`traces` must be an array, found an object',
  ),
  refuses(
    'traces inherited from __proto__',
    '{"__proto__":{"traces":[{}]}}',
    '`traces` must be an array, found nothing',
  ),
  refuses('no trace', '{"traces":[]}', 'traces must not be empty'),
  refuses(
    '101 traces',
    { traces: Array.from({ length: 101 }, () => ({})) },
    'at most 100 traces fit one request, found 101: send them in several',
  ),
  {
    ...refuses(
      'an unknown encoding',
      one({}),
      'the content-encoding may be gzip or none, found another',
      415,
    ),
    headers: { 'content-encoding': 'br' },
  },
  {
    ...refuses(
      'gzip in gzip',
      one({}),
      'the content-encoding may be gzip or none, found another',
      415,
    ),
    headers: { 'content-encoding': 'gzip, gzip' },
  },
  {
    ...refuses('what says gzip and is not', one({}), 'the body is not valid gzip'),
    headers: { 'content-encoding': 'gzip' },
  },
]

export const BATCHES: IngestCase[] = [
  {
    name: 'keeps the good ones and names the others, in the order sent',
    body: {
      traces: [
        { id: id(3) },
        { id: 'x' },
        { name: 'without id' },
        { id: id(1), status: 'ok' },
        7,
        { id: id(2) },
      ],
    },
    status: 202,
    reply: {
      traces: [{ id: id(3) }, { id: id(0xf01) }, { id: id(2) }],
      errors: [
        { index: 1, id: 'x', error: NOT_UUID(1) },
        {
          index: 3,
          id: id(1),
          error: '`status` must be one of running, success, error, found another word',
        },
        { index: 4, error: 'a trace must be an object, found a number' },
      ],
    },
  },
  {
    name: 'answers 400 with the first reason if none is good',
    body: { traces: [{ id: 'x' }, { status: 'ok' }] },
    status: 400,
    reply: { error: NOT_UUID(1) },
  },
  {
    name: 'does not repeat a long id',
    body: { traces: [{ id: 'x'.repeat(65) }, {}] },
    status: 202,
    reply: { traces: [{ id: id(0xf01) }], errors: [{ index: 0, error: NOT_UUID(65) }] },
  },
  {
    name: 'answers for each record of the same id',
    body: {
      traces: [
        { id: id(1), input: 'a' },
        { id: id(1), output: 'b' },
      ],
    },
    status: 202,
    reply: kept(id(1), id(1)),
  },
]
