import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { describe, expect, it } from 'vitest'
import { rate } from '../../worker/auth/rate.ts'
import { readForm, smallForm } from '../../worker/dashboard/form.ts'
import { site } from '../../worker/dashboard/site.tsx'
import { thisMachine } from '../../worker/auth/local.ts'
import { id } from '../store/changes.ts'
import { newDirectory, open, store } from './support/subject.ts'

const PAGE = 'https://app.example'
const OTHER = 'https://other.example'

describe('a key above its rate', () => {
  it('hears 429 and how long to wait; other keys go on, and reading does', async () => {
    const { send, ask, get, app } = await open({ limits: { ingestPerMinute: 2 } })
    const { key } = Object(
      (await ask('POST', '/v1/keys', { name: 'other', scopes: ['ingest'] })).body,
    )
    const body = { traces: [{}] }
    expect((await send(body)).status).toBe(202)
    expect((await send(body)).status).toBe(202)
    const third = await send(body)
    expect({
      status: third.status,
      body: third.body,
      wait: Number(third.headers.get('retry-after')) > 0,
    }).toEqual({
      status: 429,
      body: { error: 'this API key sends too often: wait as `retry-after` says' },
      wait: true,
    })
    const other = await app.request('/v1/traces/ingest', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    })
    expect(other.status).toBe(202)
    expect((await get('/v1/traces')).status).toBe(200)
  })
})

describe('rate', () => {
  it('lets through as many as a minute has, and as many again as time goes by', () => {
    let now = 0
    const { take } = rate(60, () => now)
    const all = (count: number) => Array.from({ length: count }, () => take('a'))
    expect(all(61).filter((wait) => wait === 0)).toHaveLength(60)
    expect(take('a')).toBe(1)
    expect(take('b')).toBe(0)
    now = 1000
    expect(all(2)).toEqual([0, 1])
    now = 61_000
    expect(all(61).filter((wait) => wait === 0)).toHaveLength(60)
    now = 0 // a clock that goes back gives nothing and takes nothing
    expect(take('a')).toBe(1)
  })

  it('says how long, however rarely', () => {
    const { take } = rate(1, () => 0)
    expect([take('a'), take('a')]).toEqual([0, 60])
  })

  it('remembers a bounded number of names, and who is over the limit before who is not', () => {
    let now = 0
    const { take } = rate(60, () => now)
    for (let count = 0; count < 61; count += 1) take('busy')
    now = 1
    for (let number = 0; number < 10_000; number += 1) take(`name ${number}`)
    now = 1002 // those have filled up again
    take('one more')
    expect([take('busy'), take('busy')]).toEqual([0, 1])
  })
})

describe('a body that comes slowly', () => {
  const begins = '{"traces":[{"id":'

  it('408 past the time, and nothing of it is stored', async () => {
    const { send, project } = await open({ limits: { bodySeconds: 0.01 } })
    let cancelled = false
    const slow = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(begins)),
      pull: () => new Promise(() => {}),
      cancel: () => {
        cancelled = true
      },
    })
    const { status, body } = await send(slow)
    expect({ status, body, cancelled }).toEqual({
      status: 408,
      body: { error: 'the body was not here within 0.01 seconds' },
      cancelled: true,
    })
    expect(await store.list(project, {})).toEqual({ traces: [] })
  })

  it('400 where it is cut, and nothing of it is stored', async () => {
    const { send, project, failures } = await open()
    let sent = false
    const cut = new ReadableStream({
      pull(controller) {
        if (sent) return controller.error(new TypeError('the line was cut'))
        sent = true
        controller.enqueue(new TextEncoder().encode(`{"traces":[{"id":"${id(1)}"}`))
      },
    })
    const { status, body } = await send(cut)
    expect({ status, body, failures }).toEqual({
      status: 400,
      body: { error: 'the body ended before it was whole' },
      failures: [],
    })
    expect(await store.list(project, {})).toEqual({ traces: [] })
  })
})

describe('a form', () => {
  const sent = (body: BodyInit, app: Hono) =>
    app.request('/', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    })
  const app = (seconds?: number) => {
    const app = new Hono()
    app.onError((error) => (error instanceof HTTPException ? error.getResponse() : failed()))
    app.post('/', smallForm(seconds), async (context) => context.json(await readForm(context)))
    return app
  }
  const failed = () => new Response('failed', { status: 500 })

  it('is read', async () => {
    const response = await sent('a=1&b=%26', app())
    expect([response.status, await response.json()]).toEqual([200, { a: '1', b: '&' }])
  })

  it('413: of 65 kB, with and without a length', async () => {
    const large = `a=${'x'.repeat(65 * 1024)}`
    expect((await sent(large, app())).status).toBe(413)
    expect((await sent(new Blob([large]).stream(), app())).status).toBe(413)
  })

  it('408: that does not come to its end', async () => {
    const endless = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('a=1')),
      pull: () => new Promise(() => {}),
    })
    expect((await sent(endless, app(0.01))).status).toBe(408)
  })
})

describe('pages of other origins', () => {
  const preflight = (origin: string) => ({
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  })
  const allowed = (headers: Headers) =>
    [...headers].filter(([name]) => name.startsWith('access-control'))

  it('may send with a key that allows them, and never with credentials', async () => {
    const { app, send } = await open({ directory: newDirectory() }, ['ingest'], [PAGE])
    const asked = await app.request('/v1/traces/ingest', preflight(PAGE))
    expect({ status: asked.status, allowed: allowed(asked.headers) }).toEqual({
      status: 204,
      allowed: [
        [
          'access-control-allow-headers',
          'authorization,x-api-key,content-type,content-encoding,x-request-id',
        ],
        ['access-control-allow-methods', 'POST'],
        ['access-control-allow-origin', PAGE],
        ['access-control-max-age', '600'],
      ],
    })
    for (const [body, status] of [
      [{ traces: [{}] }, 202],
      [{ traces: [] }, 400],
    ] as const) {
      const answer = await send(body, { origin: PAGE })
      expect({ status: answer.status, allowed: allowed(answer.headers) }).toEqual({
        status,
        allowed: [
          ['access-control-allow-origin', PAGE],
          ['access-control-expose-headers', 'retry-after, x-request-id'],
        ],
      })
      expect(answer.headers.get('vary')).toContain('Origin')
    }
  })

  it.each([OTHER, 'null', `${PAGE}.evil.example`, 'http://app.example', `${PAGE}:444`, ''])(
    'may not as %j',
    async (origin) => {
      const { app, send, project } = await open({ directory: newDirectory() }, ['ingest'], [PAGE])
      const asked = await app.request('/v1/traces/ingest', preflight(origin))
      expect({ status: asked.status, allowed: allowed(asked.headers) }).toEqual({
        status: 405,
        allowed: [],
      })
      const sent = await send({ traces: [{}] }, { origin })
      expect({ status: sent.status, body: sent.body, allowed: allowed(sent.headers) }).toEqual({
        status: 403,
        body: { error: 'this API key does not allow the origin of the page' },
        allowed: [],
      })
      expect(await store.list(project, {})).toEqual({ traces: [] })
    },
  )

  it('hear nothing with a key that allows none, whatever another key allows', async () => {
    const directory = newDirectory()
    await open({ directory }, ['ingest'], [PAGE])
    const { send } = await open({ directory })
    const { status, headers } = await send({ traces: [{}] }, { origin: PAGE })
    expect({ status, allowed: allowed(headers) }).toEqual({ status: 202, allowed: [] })
  })

  it('may not any more once the key is revoked', async () => {
    const known = newDirectory()
    const { app, project, keyId } = await open({ directory: known }, ['ingest'], [PAGE])
    await known.revoke(project, keyId)
    expect((await app.request('/v1/traces/ingest', preflight(PAGE))).status).toBe(405)
  })

  it.each([
    '/v1/traces',
    '/v1/keys',
    '/v1/projects',
    '/v1/settings',
    '/traces',
    '/settings',
    '/login',
  ])('never read or change %s', async (path) => {
    const known = newDirectory()
    await open({ directory: known }, ['ingest'], [PAGE])
    const { app, authorization } = await open({
      directory: known,
      pages: site,
      people: thisMachine('mine'),
    })
    for (const init of [
      { headers: { origin: PAGE, authorization } },
      { headers: { origin: PAGE, host: 'localhost' } },
      {
        ...preflight(PAGE),
        headers: { ...preflight(PAGE).headers, 'access-control-request-method': 'GET' },
      },
    ]) {
      const { headers } = await app.request(path, init)
      expect(headers.has('access-control-allow-credentials')).toBe(false)
      expect(headers.get('access-control-allow-methods') ?? '').not.toContain('GET')
      if (path !== '/v1/traces') expect(allowed(headers)).toEqual([])
    }
  })
})
