import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { newKey } from '../../worker/auth/keys.ts'
import { thisMachine } from '../../worker/auth/local.ts'
import { site } from '../../worker/dashboard/site.tsx'
import { change, id, traceId } from '../store/changes.ts'
import { answer, newDirectory, open, store } from './support/subject.ts'

const local = { pages: site, people: thisMachine('mine') }

describe('a host where nobody has said who may come in', () => {
  it.each(['/', '/traces', '/settings', '/login', '/nope'])(
    '503: %s, with what to do',
    async (path) => {
      const { get } = await open({ pages: site })
      const { status, body, headers } = await get(path, { host: 'localhost' })
      expect(status).toBe(503)
      expect(body).toContain('The dashboard is closed')
      expect(body).toContain('npx wrangler secret put CARROT_PASSWORD')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    },
  )

  it('lets nobody read without a key', async () => {
    const { get } = await open()
    expect((await get('/v1/traces', { host: 'localhost' })).status).toBe(401)
  })
})

describe('a local host', () => {
  it.each(['localhost', 'localhost:8787', '127.0.0.1:8787', '[::1]:8787', 'LOCALHOST:1'])(
    'is open as %s',
    async (host) => {
      const { get } = await open({ ...local, directory: newDirectory() })
      const { status, body } = await get('/traces', { host })
      expect({ status, project: /Project .*?mine/s.test(String(body)) }).toEqual({
        status: 200,
        project: true,
      })
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
    const { get } = await open(local)
    const reason =
      'this collector runs without login, for its own machine only: open it as localhost, 127.0.0.1 or [::1]'
    const page = await get('/traces', { host })
    expect(page.status).toBe(403)
    expect(page.body).toContain(reason.slice(1))
    expect(await get('/v1/traces', { host })).toMatchObject({
      status: 403,
      body: { status: 403, detail: reason },
    })
  })

  it.each([
    ['127.0.0.1', 200],
    ['127.8.9.10', 200],
    ['::1', 200],
    ['::ffff:127.0.0.1', 200],
    ['192.168.0.2', 403],
    ['::ffff:192.168.0.2', 403],
    ['127.0.0.1.evil.example', 403],
    ['fe80::1', 403],
    ['', 403],
  ])('%s: %d, whatever it calls itself, where the address is known', async (address, status) => {
    const people = thisMachine('mine', () => address)
    const { get } = await open({ pages: site, people, directory: newDirectory() })
    expect((await get('/traces', { host: 'localhost' })).status).toBe(status)
    expect((await get('/v1/traces', { host: 'localhost' })).status).toBe(status)
  })

  it('reads the project of a key that is sent, and refuses a false one', async () => {
    const { get, project } = await open(local)
    await store.write(project, [change(1)])
    expect(await get('/v1/traces')).toMatchObject({ body: { traces: [{ trace_id: traceId(1) }] } })
    expect(
      await get('/v1/traces', { host: 'localhost', authorization: `Bearer ${newKey()}` }),
    ).toMatchObject({ status: 401 })
  })

  it('takes no traces without a key', async () => {
    const { send } = await open(local)
    expect(await send({ traces: [{}] }, { host: 'localhost', authorization: '' })).toMatchObject({
      status: 401,
    })
  })

  it.each<[string, Record<string, string>]>([
    ['a page of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    [
      'another port of this machine',
      { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' },
    ],
    ['an older browser', { origin: 'https://evil.example' }],
    ['nobody knows', {}],
  ])('403: a change that %s asks for', async (_, headers) => {
    const directory = newDirectory()
    const { app } = await open({ ...local, directory })
    for (const [path, body] of [
      ['/settings/projects', new URLSearchParams({ name: 'theirs' })],
      ['/v1/projects', '{"name":"theirs"}'],
    ] as const) {
      const request = {
        method: 'POST',
        headers: { host: 'localhost', 'content-type': 'application/json', ...headers },
        body,
      }
      expect((await app.request(path, request)).status).toBe(403)
    }
    expect((await directory.projects()).map(({ name }) => name)).not.toContain('theirs')
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
