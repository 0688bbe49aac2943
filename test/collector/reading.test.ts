import { describe, expect, it } from 'vitest'
import { thisMachine } from '../../worker/auth/local.ts'
import { change, id, spanId, traceId } from '../store/changes.ts'
import { open, store } from './support/subject.ts'

const SPAN_1 = {
  id: id(1),
  trace_id: traceId(1),
  span_id: spanId(1),
  parent_id: null,
  name: 'root',
  kind: 'workflow',
  status: 'error',
  started_at: '2026-01-01T00:00:00.000001Z',
  ended_at: '2026-01-01T00:00:00.001501Z',
  model: null,
  provider: null,
  input_tokens: null,
  output_tokens: null,
  cost_usd: null,
  user_id: 'u',
  session_id: 's',
  environment: 'e',
  resource: { environment: 'e', service: 's', release: '1.2', sdk: 'carrot-trace/0.1.0' },
  error: { type: 'oops' },
  call: null,
  tags: ['prod'],
  metadata: { a: 1 },
  scores: {},
}
const SPAN_2 = {
  ...SPAN_1,
  id: id(2),
  span_id: spanId(2),
  parent_id: spanId(1),
  name: 'gpt-4',
  kind: 'generation',
  status: 'running',
  started_at: '2026-01-01T00:00:00.000002Z',
  ended_at: null,
  model: 'gpt-4',
  provider: 'openai',
  input_tokens: 3,
  output_tokens: 4,
  cost_usd: 0.00033,
  user_id: null,
  session_id: null,
  environment: null,
  resource: null,
  error: null,
  tags: [],
  metadata: {},
}
const TRACE_1 = {
  trace_id: traceId(1),
  name: 'root',
  kind: 'workflow',
  status: 'error',
  started_at: '2026-01-01T00:00:00.000001Z',
  duration_ms: 1.5,
  models: ['gpt-4'],
  tags: ['prod'],
  scores: [],
  input_tokens: 3,
  output_tokens: 4,
  cost_usd: 0.00033,
  unpriced_calls: 0,
  first_text_ms: null,
  span_count: 2,
  error_count: 1,
  input_preview: '<b>in</b>',
  output_preview: '{"deep":[1]}',
}

async function openWithTraces() {
  const subject = await open()
  await store.write(subject.project, [
    change(1, {
      name: 'root',
      status: 'error',
      endUs: Date.UTC(2026, 0) * 1000 + 1501,
      userId: 'u',
      sessionId: 's',
      environment: 'e',
      resource: { environment: 'e', service: 's', release: '1.2', sdk: 'carrot-trace/0.1.0' },
      error: { type: 'oops' },
      tags: ['prod'],
      metadata: { a: 1 },
      input: '<b>in</b>',
      output: { deep: [1] },
    }),
    change(2, {
      parentId: spanId(1),
      model: 'gpt-4',
      provider: 'openai',
      inputTokens: 3,
      outputTokens: 4,
    }),
    change(3, { startUs: Date.UTC(2026, 1) * 1000, tags: ['prod', 'a b&c'] }),
    change(4, { startUs: Date.UTC(2026, 2) * 1000, status: 'success' }),
  ])
  return subject
}

describe('GET /v1/traces', () => {
  it('shows summaries', async () => {
    const { get } = await openWithTraces()
    expect(await get('/v1/traces?status=error')).toMatchObject({
      status: 200,
      body: { traces: [TRACE_1] },
    })
  })

  it.each([
    ['', [4, 3, 1]],
    ['?status=success', [4]],
    ['?model=gpt-4', [1]],
    ['?tag=prod', [3, 1]],
    ['?tag=prod&tag=a%20b%26c', [3]],
    ['?from=2026-02-01', [4, 3]],
    ['?to=2026-02-01T00:00:00Z', [1]],
    ['?from=2026-01-01&to=2026-03-01&tag=prod&status=running', [3]],
    ['?model=nope', []],
    ['?q=model:gpt*', [1]],
    ['?q=-tag:prod', [4]],
    ['?q=meta.a:1%20status:error', [1]],
    ['?q=deep', []],
    ['?q=user:u&sort=-latency', [1]],
    ['?sort=start', [1, 3, 4]],
    ['?sort=-latency', [1, 4, 3]],
    ['?q=in', [1]],
    ["?tag='%20OR%201=1--", []],
  ])('answers %j', async (question, numbers) => {
    const { get } = await openWithTraces()
    const { status, body } = await get(`/v1/traces${question}`)
    expect(status).toBe(200)
    expect(body).toEqual({
      traces: numbers.map((number) => expect.objectContaining({ trace_id: traceId(number) })),
    })
  })

  it('pages by the cursor it gives', async () => {
    const { get } = await openWithTraces()
    const first = await get('/v1/traces?limit=2')
    const next: string = Reflect.get(Object(first.body), 'next')
    expect(await get(`/v1/traces?limit=2&before=${next}`)).toMatchObject({
      body: { traces: [TRACE_1] },
    })
  })

  it.each([
    ['?status=ok', '`status` must be one of running, success, error, found another word'],
    [
      '?from=yesterday',
      '`from` is not an ISO 8601 time from 1900 to 2200 such as 2026-01-31T12:00:00.000Z',
    ],
    [
      '?q=modle:x',
      '`q` cannot be understood: modle:x: there is no field of this name; there are status, kind, name, model, provider, tag, user, session, env, environment, service, release, ended, has, latency, ttft, cost, tokens, steps, errors, id, meta.KEY, score.NAME. To find the words, put them in quotation marks',
    ],
    [
      '?sort=size',
      '`sort` must be one of -start, start, -latency, latency, -cost, cost, -tokens, tokens',
    ],
    ['?limit=0', '`limit` must be a number from 1 to 200'],
    ['?limit=201', '`limit` must be a number from 1 to 200'],
    ['?limit=1e1', '`limit` must be a number from 1 to 200'],
    ['?before=x', 'the cursor is none that this list gave; begin again without it'],
    ['?before=', 'the cursor is none that this list gave; begin again without it'],
    [`?model=${'m'.repeat(201)}`, '`model` may have 200 characters, found 201'],
    [`?${'tag=a&'.repeat(21)}`, '`tag` may be given 20 times, found 21'],
    ['?status=error&status=success', '`status` is given more than once; only `tag` may be'],
    [
      '?stauts=error',
      'a parameter is not known; there are q, status, model, tag, from, to, sort, before, limit',
    ],
  ])('400: %s', async (question, detail) => {
    const { get } = await open()
    const { status, headers, body } = await get(`/v1/traces${question}`)
    expect({ status, type: headers.get('content-type'), body }).toEqual({
      status: 400,
      type: 'application/problem+json',
      body: {
        title: 'Bad request',
        status: 400,
        detail,
        request_id: headers.get('x-request-id'),
      },
    })
  })
})

describe('GET /v1/traces/:id', () => {
  it.each([traceId(1), id(1), id(1).toUpperCase()])(
    'shows the steps, by trace id or root: %s',
    async (name) => {
      const { get } = await openWithTraces()
      expect(await get(`/v1/traces/${name}`)).toMatchObject({
        status: 200,
        body: { trace_id: traceId(1), spans: [SPAN_1, SPAN_2] },
      })
    },
  )

  it.each([traceId(7), 'x', '%00', '..%2F..%2Fetc%2Fpasswd', "'%20OR%201=1--"])(
    '404: %s',
    async (name) => {
      const { get } = await openWithTraces()
      expect(await get(`/v1/traces/${name}`)).toMatchObject({
        status: 404,
        body: { title: 'Not found', status: 404, detail: 'there is no such trace' },
      })
    },
  )
})

describe('GET /v1/spans/:id', () => {
  it('shows a step with its bodies', async () => {
    const { get } = await openWithTraces()
    const { body } = await get(`/v1/spans/${id(1)}`)
    expect(body).toEqual({ ...SPAN_1, input: '<b>in</b>', output: { deep: [1] } })
  })

  it('404: unknown', async () => {
    const { get } = await openWithTraces()
    expect(await get(`/v1/spans/${id(7)}`)).toMatchObject({
      status: 404,
      body: { detail: 'there is no such span' },
    })
  })
})

describe('reading API', () => {
  it.each([
    [`/v1/traces/${traceId(1)}`, 'GET, HEAD, DELETE'],
    [`/v1/spans/${id(1)}`, 'GET, HEAD'],
    ['/v1/series', 'GET, HEAD'],
    ['/v1/sessions', 'GET, HEAD'],
    ['/v1/facets', 'GET, HEAD'],
    ['/v1/export.jsonl', 'GET, HEAD'],
    ['/healthz', 'GET, HEAD'],
  ])('405: POST %s', async (path, allow) => {
    const { app } = await open()
    const response = await app.request(path, { method: 'POST' })
    expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({
      status: 405,
      allow,
    })
  })

  it.each(['/v1', '/v1/', '/v1/nope', '/v1/traces/', '/v1/traces/a/b', '//v1/traces'])(
    '404: %s',
    async (path) => {
      const { get } = await open({ people: thisMachine('anything') })
      expect(await get(path, { host: 'localhost' })).toMatchObject({ status: 404 })
    },
  )

  it('500 without a word of what was captured when the store fails', async () => {
    const list = () => Promise.reject(new RangeError('near "secret"'))
    const { get, failures } = await open({ store: { ...store, list } })
    const answer = await get('/v1/traces')
    expect(answer).toMatchObject({
      status: 500,
      body: {
        title: 'Internal error',
        status: 500,
        detail: 'the question could not be answered now',
      },
    })
    expect(failures).toEqual([
      {
        event: 'read failed',
        cause: 'RangeError',
        requestId: answer.headers.get('x-request-id'),
      },
    ])
  })
})
