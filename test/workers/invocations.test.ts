import { serveModelApis, type ModelServer } from '../../examples/model-apis/serve.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { carrotOf, traceIdsOf } from './tree.ts'
import { RUNTIMES, startApplication, type Application } from './harness.ts'

const QUEUES = {
  producers: [{ binding: 'QUEUE', queue: 'questions' }],
  consumers: [{ queue: 'questions', max_batch_timeout: 0, max_retries: 3 }],
}

describe.each(RUNTIMES)('instrument, in workerd of $date with flags $flags', (runtime) => {
  let application: Application
  let slow: ModelServer

  beforeAll(async () => {
    slow = await serveModelApis({ first: 0, next: 40 })
    const config = { queues: QUEUES, vars: { SLOW: slow.url } }
    application = await startApplication('invocations', runtime, config)
  })

  afterAll(() => Promise.all([application.close(), slow.close()]))

  function get(path: string, { headers, ...init }: RequestInit = {}): Promise<Response> {
    const asSent = { 'accept-encoding': 'identity', ...headers }
    return fetch(new URL(path, application.url), { ...init, headers: asSent })
  }

  it('records a call under its invocation, in one request', async () => {
    expect((await get('/explicit')).status).toBe(200)
    expect(await application.recorded('GET /explicit')).toMatchObject({
      paths: ['GET /explicit > chat gpt-4o: success', 'GET /explicit: success'],
      requests: 1,
      records: [
        {
          name: 'GET /explicit',
          input: { method: 'GET', url: String(new URL('/explicit', application.url)) },
          output: { status: 200 },
          metadata: { carrot: { kind: 'workflow', resource: { service: 'invocations' } } },
        },
        { name: 'chat gpt-4o' },
      ],
    })
  })

  it('leaves no trace of an invocation in which nothing is recorded', async () => {
    const reply = await get('/static?token=1')
    expect([reply.headers.get('content-length'), await reply.text()]).toEqual(['6', 'a file'])
    expect((await get('/empty')).status).toBe(204)
    expect((await get('/nowhere')).status).toBe(404)
    expect(await (await get('/this')).text()).toBe('hello')
    await get('/explicit')
    expect((await application.recorded('GET /explicit')).records).toHaveLength(2)
  })

  it('keeps the length of a reply that is there already', async () => {
    const reply = await get('/step')
    expect(reply.headers.get('content-length')).toBe('4')
    expect((await application.recorded('GET /step')).paths).toEqual([
      'GET /step > step > chat gpt-4o: success',
      'GET /step > step: success',
      'GET /step: success',
    ])
  })

  if (runtime.ambient) {
    it('is found by what runs inside of it', async () => {
      await get('/ambient')
      expect(await application.recorded('GET /ambient')).toMatchObject({
        paths: ['GET /ambient > chat gpt-4o: success', 'GET /ambient: success'],
        requests: 1,
      })
    })
  }

  it('records what a handler throws, and lets it through', async () => {
    expect((await get('/throws')).status).toBe(500)
    const { records, requests } = await application.recorded('GET /throws')
    expect(requests).toBe(1)
    expect(records).toMatchObject([
      {
        status: 'error',
        metadata: { carrot: { error: { type: 'RangeError', message: 'out of words' } } },
      },
    ])
  })

  it('records a reply that says the server failed', async () => {
    expect(await (await get('/unavailable')).text()).toBe('later')
    expect((await application.recorded('GET /unavailable')).records).toMatchObject([
      {
        status: 'error',
        output: { status: 503 },
        metadata: { carrot: { error: { type: '503' } } },
      },
    ])
  })

  it('follows a stream of a model to its end', async () => {
    const text = await (await get('/streamed')).text()
    const { paths, records, requests } = await application.recorded('GET /streamed')
    expect(paths).toEqual(['GET /streamed > chat gpt-4o: success', 'GET /streamed: success'])
    expect(records[0]?.output).toEqual({ status: 200, bytes: text.length })
    expect(requests).toBe(1)
  })

  it('follows a stream of its own that asks models on the way', async () => {
    expect(await (await get('/agent')).text()).toBe('true\ntrue\ntrue\n')
    const { paths, requests } = await application.recorded('GET /agent')
    expect(paths).toEqual([
      ...Array.from({ length: 3 }, () => 'GET /agent > chat gpt-4o: success'),
      'GET /agent: success',
    ])
    expect(requests).toBe(1)
  })

  it('says that a reader has left', async () => {
    const leaving = new AbortController()
    const reply = await get('/slowly', { signal: leaving.signal })
    await reply.body?.getReader().read()
    leaving.abort()
    const { records, requests } = await application.recorded('GET /slowly')
    expect(records[0]?.output).toMatchObject({ status: 200, ended: 'cancelled' })
    expect(carrotOf(records[1] ?? {})).toMatchObject({ call: { ended: 'cancelled' } })
    expect(requests).toBe(1)
  })

  it('records what is done after the reply', async () => {
    expect(await (await get('/later')).text()).toBe('at once')
    const { paths } = await application.recorded('GET /later')
    expect(paths).toEqual(['GET /later > chat gpt-4o: success', 'GET /later: success'])
  })

  it('records a span whose name was given out', async () => {
    const { traceparent } = await (await get('/named')).json()
    const { records } = await application.recorded('GET /named')
    expect(traceparent).toContain(carrotOf(records[0] ?? {}).trace_id)
  })

  it('goes on with the trace that a request names', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
    await get('/explicit', { headers: { traceparent } })
    const { records } = await application.recorded('GET /explicit')
    expect(carrotOf(records[0] ?? {})).toMatchObject({
      trace_id: 'a'.repeat(32),
      parent_id: 'b'.repeat(16),
    })
  })

  it('hands on an upgrade to a WebSocket', async () => {
    const address = new URL('/upgrade', application.url)
    address.protocol = 'ws'
    const socket = new WebSocket(address)
    const message = await new Promise((resolve) => {
      socket.addEventListener('message', ({ data }) => resolve(data), { once: true })
    })
    socket.close()
    expect(message).toBe('hello')
  })

  it('gives eight requests at once eight traces, each sent by itself', async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => get('/step')))
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
    const { records, paths, requests } = await application.recorded(
      ...Array.from({ length: 8 }, () => 'GET /step'),
    )
    expect([traceIdsOf(records).length, records.length, requests]).toEqual([8, 24, 8])
    const own = 'GET /step > step > chat gpt-4o: success'
    expect(paths.filter((path) => path === own)).toHaveLength(8)
    const logs = application.harness.getLogs().map(({ message }) => message)
    expect(logs.filter((message) => /different request/i.test(message))).toEqual([])
  })

  it('records a batch of messages, which are acknowledged and tried again as they were', async () => {
    await get('/send', { method: 'POST', body: 'again' })
    const { records } = await application.recorded('queue questions', 'queue questions')
    const batches = records.filter(({ name }) => name === 'queue questions')
    expect(batches.map(({ input }) => input)).toMatchObject([
      { queue: 'questions', messages: [{ attempts: 1, body: { text: 'again' } }] },
      { queue: 'questions', messages: [{ attempts: 2, body: { text: 'again' } }] },
    ])
  })

  it('takes a batch for a part of the trace that its messages name', async () => {
    await get('/send', { method: 'POST', body: 'follow' })
    const { paths } = await application.recorded('POST /send', 'queue questions')
    expect(paths).toEqual([
      'POST /send > queue questions > chat gpt-4o: success',
      'POST /send > queue questions: success',
      'POST /send: success',
    ])
  })

  it('records a scheduled invocation with its schedule', async () => {
    const worker = application.harness.getWorker()
    await worker.scheduled({ cron: '0 * * * *' })
    const { records } = await application.recorded('scheduled 0 * * * *')
    expect(records[0]?.input).toMatchObject({ cron: '0 * * * *' })
  })

  it('records of an email from whom and to whom it is, and nothing of what it says', async () => {
    const [from, to] = ['ada@example.com', 'desk@example.com']
    const raw = `From: <${from}>\r\nTo: <${to}>\r\nMessage-ID: <1@example.com>\r\nSubject: Secret\r\n\r\nSecret\r\n`
    await application.harness.getWorker().email({ from, to, raw })
    const { records, paths } = await application.recorded('email')
    expect(paths).toEqual(['email > chat gpt-4o: success', 'email: success'])
    expect(records[0]?.input).toEqual({ from, to })
    expect(JSON.stringify(records[0])).not.toContain('Secret')
  })
})
