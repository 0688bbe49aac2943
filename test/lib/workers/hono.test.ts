import { memory, type Span } from 'carrot-trace'
import { tracing, type TracingVariables } from 'carrot-trace/hono'
import { instrument } from 'carrot-trace/workers'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { stream } from 'hono/streaming'
import { beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest'

const recorded = memory()
const options = { exporters: [recorded] }

beforeEach(() => {
  recorded.clear()
})

function application() {
  const app = new Hono<{ Variables: TracingVariables }>()
  app.use(tracing(options))
  const v1 = new Hono<{ Variables: TracingVariables }>()
  v1.get('/answers/:topic', async (c) => {
    await c.var.span.span('look', async () => c.req.param('topic'))
    return c.json({ route: routePath(c) })
  })
  app.route('/v1', v1)
  app.get('/files/:name', (c) => c.text('a file', 200, { 'x-kept': 'yes' }))
  app.get('/throws', () => {
    throw new RangeError('out of words')
  })
  app.get('/refuses', async (c) => {
    await c.var.span.span('look', async () => 1)
    throw new HTTPException(401, { message: 'Who are you?' })
  })
  app.get('/streams', (c) =>
    stream(c, async (out) => {
      for (const word of ['one', 'two']) {
        await c.get('span').span(word, () => out.write(`${word} `).then(() => word))
      }
    }),
  )
  return app
}

describe('tracing', () => {
  it('makes a request a trace named by its route', async () => {
    const reply = await application().request('/v1/answers/refunds?q=1')
    expect(await reply.json()).toEqual({ route: '/v1/answers/:topic' })
    expect(recorded.records).toMatchObject([
      { name: 'look', output: 'refunds' },
      {
        name: 'GET /v1/answers/:topic',
        kind: 'workflow',
        input: { method: 'GET', url: 'http://localhost/v1/answers/refunds?q=[redacted]' },
        output: { status: 200 },
      },
    ])
    expect(recorded.records[0]?.trace.parentSpanId).toBe(recorded.records[1]?.trace.spanId)
  })

  it('leaves no trace of requests in which nothing is recorded', async () => {
    const app = application()
    const reply = await app.request('/files/a.txt')
    expect([reply.status, reply.headers.get('x-kept'), await reply.text()]).toEqual([
      200,
      'yes',
      'a file',
    ])
    expect((await app.request('/nowhere')).status).toBe(404)
    expect(recorded.records).toEqual([])
  })

  it('records what a handler throws, of which Hono makes a reply', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    const reply = await application().request('/throws')
    expect(told.mock.calls.flat()).toMatchObject([{ message: 'out of words' }])
    told.mockRestore()
    expect([reply.status, await reply.text()]).toEqual([500, 'Internal Server Error'])
    expect(recorded.records).toMatchObject([
      {
        name: 'GET /throws',
        status: 'error',
        output: { status: 500 },
        error: { type: 'RangeError', message: 'out of words' },
      },
    ])
  })

  it('takes a reply that is thrown for a reply', async () => {
    const reply = await application().request('/refuses')
    expect([reply.status, await reply.text()]).toEqual([401, 'Who are you?'])
    expect(recorded.records).toMatchObject([
      { name: 'look' },
      { name: 'GET /refuses', status: 'success', output: { status: 401 } },
    ])
  })

  it('follows a stream to its end', async () => {
    const reply = await application().request('/streams')
    expect(await reply.text()).toBe('one two ')
    expect(recorded.records.map(({ name, output }) => [name, output])).toEqual([
      ['one', 'one'],
      ['two', 'two'],
      ['GET /streams', { status: 200, bytes: 8 }],
    ])
  })

  it('goes on with the span of an instrumented Worker', async () => {
    const worker = instrument(application(), options)
    const ctx = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} }
    const request = new Request('http://localhost/v1/answers/refunds')
    await (await worker.fetch(request, {}, ctx)).text()
    expect(recorded.records.map(({ name }) => name)).toEqual(['look', 'GET /v1/answers/:topic'])
  })

  it('goes on with the trace that a request names, unless told not to', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
    const alone = new Hono<{ Variables: TracingVariables }>()
    alone.use(tracing({ ...options, incoming: 'ignore' }))
    alone.get('/', (c) => c.text(c.var.span.traceId))
    const path = '/v1/answers/x'
    await application().request(path, { headers: { traceparent } })
    const foreign = await alone.request('/', { headers: { traceparent } })
    expect(recorded.records[0]?.trace.traceId).toBe('a'.repeat(32))
    expect(await foreign.text()).not.toBe('a'.repeat(32))
  })

  it('throws for an option that is misspelt', () => {
    // @ts-expect-error -- which the compiler says as well
    expect(() => tracing({ servce: 'x' })).toThrow(/There is no option "servce"/)
  })

  it('tells the compiler of the span', () => {
    const app = new Hono<{ Variables: TracingVariables }>().use(tracing())
    app.get('/', (c) => {
      expectTypeOf(c.var.span).toEqualTypeOf<Span>()
      expectTypeOf(c.get('span')).toEqualTypeOf<Span>()
      return c.text('')
    })
  })
})
