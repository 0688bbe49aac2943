import { exports } from 'cloudflare:workers'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import type { ProjectEnv } from '../../worker/auth/access.ts'
import { newKey } from '../../worker/auth/keys.ts'
import { change, id, traceId } from '../store/changes.ts'
import { answer, open, store } from './support/subject.ts'

const pages = () =>
  new Hono<ProjectEnv>().get('/traces', (context) =>
    context.text(`traces of ${context.get('project')}`),
  )

describe('a deployed host', () => {
  it('has no dashboard yet, and says so', async () => {
    const { get } = await open({ pages })
    for (const path of ['/', '/traces']) {
      const { status, body } = await get(path, { host: 'localhost' })
      expect({ status, body }).toEqual({
        status: 503,
        body: 'The dashboard is closed: it has no login yet. Traces are taken all the same, and a key with the scope `read` reads them at /v1/traces.',
      })
    }
  })

  it('lets nobody read without a key', async () => {
    const { get } = await open()
    expect((await get('/v1/traces', { host: 'localhost' })).status).toBe(401)
  })
})

describe('a local host', () => {
  it.each(['localhost', 'localhost:8787', '127.0.0.1:8787', '[::1]:8787', 'LOCALHOST:1'])(
    'is open as %s',
    async (host) => {
      const { get } = await open({ pages, local: 'mine' })
      expect(await get('/traces', { host })).toMatchObject({ status: 200, body: 'traces of mine' })
      expect(await get('/v1/traces', { host })).toMatchObject({ status: 200 })
    },
  )

  it.each([
    'evil.example',
    'localhost.evil.example',
    'evil.example:8787',
    '127.0.0.1.evil.example',
    'a@localhost',
    '192.168.0.2',
    '0.0.0.0',
    '',
  ])('403: as %j', async (host) => {
    const { get } = await open({ pages, local: 'mine' })
    const reason =
      'this collector runs without login, for its own machine only: open it as localhost, 127.0.0.1 or [::1]'
    expect(await get('/traces', { host })).toMatchObject({ status: 403, body: reason })
    expect(await get('/v1/traces', { host })).toMatchObject({
      status: 403,
      body: { status: 403, detail: reason },
    })
  })

  it('reads the project of a key that is sent, and refuses a false one', async () => {
    const { get, project } = await open({ local: 'mine' })
    await store.write(project, [change(1)])
    expect(await get('/v1/traces')).toMatchObject({ body: { traces: [{ trace_id: traceId(1) }] } })
    expect(
      await get('/v1/traces', { host: 'localhost', authorization: `Bearer ${newKey()}` }),
    ).toMatchObject({ status: 401 })
  })

  it('takes no traces without a key', async () => {
    const { send } = await open({ local: 'mine' })
    expect(await send({ traces: [{}] }, { host: 'localhost', authorization: '' })).toMatchObject({
      status: 401,
    })
  })
})

describe('the Worker', () => {
  it('knows the local key, and shows what was sent with it', async () => {
    const request = {
      method: 'POST',
      headers: { authorization: 'Bearer sk-local-key-of-the-tests' },
      body: JSON.stringify({ traces: [{ id: id(1), name: '<script>alert(1)</script>' }] }),
    }
    const sent = await exports.default.fetch('http://localhost/v1/traces/ingest', request)
    expect(await answer(sent)).toMatchObject({
      status: 202,
      body: { traces: [{ id: id(1) }], errors: [] },
    })

    const read = await exports.default.fetch(`http://localhost/v1/traces/${traceId(1)}`)
    expect(await answer(read)).toMatchObject({
      body: { spans: [{ name: '<script>alert(1)</script>' }] },
    })

    const page = await exports.default.fetch('http://localhost/traces')
    const html = await page.text()
    expect(page.status).toBe(200)
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html).not.toContain('<script>alert')
  })

  it('is well', async () => {
    const response = await exports.default.fetch('http://localhost/healthz')
    expect(await answer(response)).toMatchObject({ status: 200, body: { status: 'ok' } })
  })
})
