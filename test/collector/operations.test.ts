import { describe, expect, it } from 'vitest'
import { health } from '../../worker/operations/health.ts'
import { meter } from '../../worker/operations/meter.ts'
import type { RequestLine } from '../../worker/operations/watched-requests.ts'
import { newDirectory, open, store } from './support/subject.ts'

describe('/readyz', () => {
  it('says that store and directory answer', async () => {
    const { get } = await open()
    expect(await get('/readyz', {})).toMatchObject({
      status: 200,
      body: { status: 'ready', store: 'ok', directory: 'ok' },
    })
  })

  it.each<[string, () => Promise<never>]>([
    ['fails', () => Promise.reject(new Error('secret'))],
    ['says nothing', () => new Promise(() => {})],
  ])('503: the store %s', async (_, list) => {
    const { get } = await open({ store: { ...store, list }, limits: { readySeconds: 0.01 } })
    const { status, body, headers } = await get('/readyz', {})
    expect({ status, body, wait: headers.get('retry-after') }).toEqual({
      status: 503,
      body: { status: 'not ready', store: 'failed', directory: 'ok' },
      wait: '5',
    })
    expect((await get('/healthz', {})).status).toBe(200)
  })

  it('is good for a second', async () => {
    let now = 0
    let asked = 0
    const needs = { store: async () => (asked += 1) }
    const app = health({ needs, patienceMs: 1000, now: () => now })
    for (now of [0, 1, 999, 1000, 1999, 2000]) await app.request('/readyz')
    expect(asked).toBe(3)
  })
})

describe('/metrics', () => {
  it('counts what came in, what was refused and why, and what the store did', async () => {
    let fails = false
    const write: typeof store.write = (...batch) =>
      fails ? Promise.reject(new Error('full')) : store.write(...batch)
    const { get, send } = await open({ store: { ...store, write } })
    await send({ traces: [{ name: 'secret-name' }, {}, { status: 'ok' }] })
    await send({ traces: [] })
    await send({ traces: [{}] }, { authorization: 'Bearer sk-none' })
    await send({ traces: [{}] }, { 'content-encoding': 'br' })
    fails = true
    await send({ traces: [{}] })
    const { status, headers, body } = await get('/metrics')
    expect([status, headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ])
    const series = read(String(body))
    const route = '/v1/traces/ingest'
    expect(series).toMatchObject({
      'carrot_records_total{outcome="accepted"}': 2,
      'carrot_records_total{outcome="rejected"}': 1,
      'carrot_refused_total{reason="unreadable"}': 1,
      'carrot_refused_total{reason="no_key"}': 1,
      'carrot_refused_total{reason="unknown_encoding"}': 1,
      'carrot_refused_total{reason="store_failed"}': 1,
      [`carrot_requests_total{method="POST",route="${route}",status="202"}`]: 1,
      [`carrot_requests_total{method="POST",route="${route}",status="401"}`]: 1,
      [`carrot_request_seconds_bucket{method="POST",route="${route}",le="+Inf"}`]: 5,
      [`carrot_request_seconds_count{method="POST",route="${route}"}`]: 5,
      'carrot_store_errors_total{operation="write"}': 1,
      'carrot_store_seconds_count{operation="write"}': 2,
    })
    expect(series['carrot_body_bytes_total']).toBeGreaterThan(50)
    expect(body).not.toMatch(/secret|sk-|test-/)
  })

  it('names routes and never what was asked for', async () => {
    const { get } = await open()
    await get('/v1/traces/0123456789abcdef0123456789abcdef?tag=secret')
    await get('/v1/spans/secret')
    await get('/v1/secret')
    await get('/secret')
    const { body } = await get('/metrics')
    expect(body).toContain('route="/v1/traces/:id"')
    expect(body).toContain('route="/v1/spans/:id"')
    expect(body).not.toContain('secret')
  })
})

describe('meter', () => {
  it('writes counters and histograms as Prometheus reads them', () => {
    const { add, took, text } = meter()
    add('carrot_records_total', { outcome: 'a "quoted"\\\n' })
    add('carrot_records_total', { outcome: 'a "quoted"\\\n' }, 2)
    for (const seconds of [0.0005, 0.001, 0.3, 99]) {
      took('carrot_store_seconds', { operation: 'list' }, seconds)
    }
    const lines = text().split('\n')
    expect(lines.filter((line) => !line.startsWith('#')).slice(0, 5)).toEqual([
      'carrot_records_total{outcome="a \\"quoted\\"\\\\\\n"} 3',
      'carrot_store_seconds_bucket{operation="list",le="0.001"} 2',
      'carrot_store_seconds_bucket{operation="list",le="0.005"} 2',
      'carrot_store_seconds_bucket{operation="list",le="0.01"} 2',
      'carrot_store_seconds_bucket{operation="list",le="0.025"} 2',
    ])
    expect(text()).toContain('carrot_store_seconds_bucket{operation="list",le="0.5"} 3\n')
    expect(text()).toContain('carrot_store_seconds_bucket{operation="list",le="+Inf"} 4\n')
    expect(text()).toContain('carrot_store_seconds_sum{operation="list"} 99.3015\n')
    expect(text()).toContain('# TYPE carrot_store_seconds histogram\n')
  })

  it('has an end to its series', () => {
    const { add, text } = meter()
    for (let status = 0; status < 3000; status += 1) add('carrot_requests_total', { status })
    expect(text().match(/^carrot_requests_total/gm)).toHaveLength(2000)
  })
})

describe('the log', () => {
  it('has a line for each request, with its id and who sent it, and no word of what', async () => {
    const lines: RequestLine[] = []
    const { send, get, project, keyId } = await open({ log: (line) => lines.push(line) })
    const sent = await send({ traces: [{ name: 'secret-name' }] }, { 'x-request-id': 'mine-1' })
    expect(sent.headers.get('x-request-id')).toBe('mine-1')
    await get('/v1/traces?tag=secret')
    await get('/v1/keys', { authorization: 'Bearer sk-secret' })
    await get('/nope/secret')
    expect(lines.map(({ ms: _ms, ...line }) => line)).toEqual([
      {
        event: 'request',
        requestId: 'mine-1',
        method: 'POST',
        route: '/v1/traces/ingest',
        status: 202,
        project,
        keyId,
      },
      expect.objectContaining({ route: '/v1/traces', status: 200, project, keyId }),
      {
        event: 'request',
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        method: 'GET',
        route: '/v1/keys',
        status: 401,
      },
      expect.objectContaining({ status: 404 }),
    ])
    expect(JSON.stringify(lines)).not.toContain('secret')
  })

  it.each(['a b', 'a\u007fb', '<script>', 'x'.repeat(65), ''])(
    'takes no id that is none: %j',
    async (name) => {
      const { get } = await open()
      const { headers } = await get('/healthz', { 'x-request-id': name })
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    },
  )

  it('has the same id as the problem in the answer', async () => {
    const { ask } = await open({ directory: newDirectory() })
    const { body, headers } = await ask('DELETE', '/v1/keys/none')
    expect(Object(body).request_id).toBe(headers.get('x-request-id'))
  })
})

function read(text: string): Record<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.lastIndexOf(' ')
      return [line.slice(0, at), Number(line.slice(at + 1))]
    }),
  )
}
