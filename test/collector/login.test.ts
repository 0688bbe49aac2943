import { describe, expect, it } from 'vitest'
import { hashPassword, isPassword } from '../../worker/auth/password.ts'
import { byPassword, network } from '../../worker/auth/password-login.ts'
import { site } from '../../worker/dashboard/site.tsx'
import { change, traceId } from '../store/changes.ts'
import { ORIGIN, person } from './support/person.ts'
import { newDirectory, open, store } from './support/subject.ts'

const PASSWORD = 'correct horse battery'
const COOKIE = '__Host-carrot-session'
const DAY = 24 * 60 * 60 * 1000

interface Host {
  secret?: string
  known?: ReturnType<typeof newDirectory>
  now?: () => number
}

async function deployed({ secret = PASSWORD, known = newDirectory(), now = Date.now }: Host = {}) {
  const addressOf = (context: { req: { header(name: string): string | undefined } }) =>
    context.req.header('x-test-address')
  const people = byPassword({ secret, directory: known, addressOf, now })
  const subject = await open({ pages: site, people, directory: known })
  return { ...subject, directory: known, visitor: person(subject.app) }
}

async function loggedIn(host: Host = {}) {
  const subject = await deployed(host)
  const entered = await subject.visitor.post('/login', { password: PASSWORD })
  expect(entered.status).toBe(303)
  return subject
}

describe('byPassword', () => {
  it('asks for the password at whatever address, and leads there', async () => {
    const { visitor } = await deployed()
    const asked = await visitor.get('/traces?status=error')
    expect(asked.status).toBe(401)
    expect(asked.html).toContain('name="to" value="/traces?status=error"')
    const entered = await visitor.post('/login', {
      password: PASSWORD,
      to: '/traces?status=error',
    })
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/traces?status=error'])
    expect((await visitor.get('/traces?status=error')).status).toBe(200)
  })

  it('gives a cookie that scripts, other hosts and other sites do not get', async () => {
    const { visitor } = await deployed()
    const { headers } = await visitor.post('/login', { password: PASSWORD })
    expect(headers.get('set-cookie')?.replace(/=[^;]+/, '=…')).toBe(
      `${COOKIE}=…; Max-Age=604800; Path=/; HttpOnly; Secure; SameSite=Lax`,
    )
  })

  it.each([
    'https://evil.example/',
    '//evil.example/traces',
    '/\\evil.example',
    '/traces\\..\\..\\evil',
    '/tracesx',
    '/traces\r\nset-cookie: a=b',
    '/login',
    '',
  ])('leads nowhere else: %j', async (to) => {
    const { visitor } = await deployed()
    const { headers } = await visitor.post('/login', { password: PASSWORD, to })
    expect(headers.get('location')).toBe('/traces')
  })

  it.each([
    ['nothing', ''],
    ['a part of it', 'correct horse'],
    ['more than it', `${PASSWORD} `],
    ['it in capitals', PASSWORD.toUpperCase()],
    ['5,000 letters', 'x'.repeat(5000)],
  ])('401: for a password %s', async (_, password) => {
    const { visitor } = await deployed()
    const { status, html } = await visitor.post('/login', { password })
    expect(status).toBe(401)
    expect(html).toContain('That is not the password.')
    expect(visitor.cookies.size).toBe(0)
  })

  it('takes the hash of the password in its place', async () => {
    const secret = await hashPassword(PASSWORD)
    expect(secret).toMatch(/^pbkdf2-sha256:100000:/)
    const { visitor } = await deployed({ secret })
    expect((await visitor.post('/login', { password: secret })).status).toBe(401)
    expect((await visitor.post('/login', { password: PASSWORD })).status).toBe(303)
    expect((await visitor.get('/traces')).status).toBe(200)
  })

  it.each([
    ['a short password', 'eleven char', 'The password must have 12 to 1000 characters'],
    ['a hash that cannot be read', 'pbkdf2-sha256:1:a:b', 'The password is a hash that cannot'],
    [
      'a hash of more rounds than Workers make',
      `pbkdf2-sha256:100001:AAAAAAAAAAAAAAAAAAAAAA==:${'A'.repeat(43)}=`,
      'The password is a hash that cannot',
    ],
    ['nothing', '', 'It has no password yet'],
  ])('stays closed with %s', async (_, secret, reason) => {
    const { visitor } = await deployed({ secret })
    for (const path of ['/traces', '/login']) {
      const { status, html } = await visitor.get(path)
      expect(status).toBe(503)
      expect(html).toContain(reason)
    }
    expect(await isPassword(secret, secret)).toBe(false)
  })

  it('429 after ten attempts from one address, also with the right password; others go on', async () => {
    let now = Date.UTC(2026, 0)
    const { visitor, app } = await deployed({ now: () => now })
    const from = (address: string) => ({ origin: ORIGIN, 'x-test-address': address })
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      const address = `2001:db8:0:1::${attempt}` // of one network
      expect((await visitor.post('/login', { password: 'wrong' }, from(address))).status).toBe(401)
    }
    const right = { password: PASSWORD }
    const eleventh = await visitor.post('/login', right, from('2001:db8::1:0:0:0:ff'))
    expect(eleventh.status).toBe(429)
    expect(eleventh.html).toContain('Try again in 15 minutes.')
    expect(Number(eleventh.headers.get('retry-after'))).toBeGreaterThan(800)
    expect(visitor.cookies.size).toBe(0)

    expect((await person(app).post('/login', right, from('2001:db8:0:2::1'))).status).toBe(303)
  })

  it('counts the attempts of all isolates together, and forgets those of who came in', async () => {
    const known = newDirectory()
    const isolates = [await deployed({ known }), await deployed({ known })]
    const post = (attempt: number, password: string) =>
      isolates[attempt % 2]?.visitor.post('/login', { password })
    for (let attempt = 1; attempt <= 9; attempt += 1) await post(attempt, 'wrong')
    expect((await post(10, PASSWORD))?.status).toBe(303)
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      expect((await post(attempt, 'wrong'))?.status).toBe(401)
    }
    expect((await post(11, PASSWORD))?.status).toBe(429)
  })
})

describe('a session', () => {
  it('reads what its key would, and may look after the deployment', async () => {
    const { visitor, project, directory } = await loggedIn()
    await store.write(project, [change(1)])
    expect((await visitor.get(`/traces/${traceId(1)}`)).status).toBe(200)
    expect((await visitor.get('/v1/traces')).status).toBe(200)
    expect(JSON.parse((await visitor.get('/v1/keys')).html)).toMatchObject({
      keys: [{ name: 'test' }],
    })
    expect((await visitor.get('/metrics')).status).toBe(200)
    const made = await visitor.request('/v1/projects', {
      method: 'POST',
      headers: { origin: ORIGIN, 'content-type': 'application/json' },
      body: '{"name":"second"}',
    })
    expect(made.status).toBe(201)
    expect((await directory.projects()).map(({ name }) => name)).toContain('second')
  })

  const cookieOf = async (host: Host = {}) => (await loggedIn(host)).visitor.cookies.get(COOKIE)

  it.each<[string, (cookie: string) => string | Promise<string>]>([
    ['with a later end', (cookie) => cookie.replace(/^1\.\d/, '1.9')],
    ['with another signature', (cookie) => cookie.replace(/(?<=^1\.\d+\.)./, flipped)],
    ['without signature', (cookie) => cookie.split('.').slice(0, 2).join('.')],
    ['that is only a version', () => '1'],
    ['that is empty', () => ''],
    ['of another deployment with the same password', async () => (await cookieOf()) ?? ''],
    ['of a password of before', async () => 'never used'],
  ])('401: a cookie %s', async (_, change) => {
    const { visitor } = await loggedIn()
    const cookie = visitor.cookies.get(COOKIE) ?? ''
    expect((await visitor.get('/settings')).status).toBe(200)
    visitor.cookies.set(COOKIE, await change(cookie))
    for (const path of ['/traces', '/settings', '/v1/traces', '/v1/keys', '/metrics']) {
      expect([path, (await visitor.get(path)).status]).toEqual([path, 401])
    }
  })

  it('is over after seven days', async () => {
    let now = Date.now()
    const { visitor } = await loggedIn({ now: () => now })
    now += 7 * DAY - 2000
    expect((await visitor.get('/traces')).status).toBe(200)
    now += 2001
    expect((await visitor.get('/traces')).status).toBe(401)
  })

  it('is over with another password', async () => {
    const known = newDirectory()
    const cookie = await cookieOf({ known })
    const { visitor } = await deployed({ known, secret: 'another password' })
    visitor.cookies.set(COOKIE, cookie ?? '')
    expect((await visitor.get('/traces')).status).toBe(401)
  })

  it('is over here with logging out, and everywhere when all are ended', async () => {
    const known = newDirectory()
    const one = await loggedIn({ known })
    const cookie = one.visitor.cookies.get(COOKIE) ?? ''
    expect((await one.visitor.post('/logout')).headers.get('location')).toBe('/login')
    expect(one.visitor.cookies.has(COOKIE)).toBe(false)

    const other = await loggedIn({ known })
    await other.visitor.post('/settings/sessions/end')
    expect((await other.visitor.get('/traces')).status).toBe(401)
    other.visitor.cookies.set(COOKIE, cookie)
    expect((await other.visitor.get('/traces')).status).toBe(401)
  })

  it('takes no part in a request that comes with a key', async () => {
    const { visitor } = await loggedIn()
    const none = { authorization: 'Bearer sk-none' }
    expect((await visitor.get('/v1/traces', none)).status).toBe(401)
    expect((await visitor.get('/v1/keys', none)).status).toBe(401)
  })

  it.each<[string, Record<string, string>]>([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a host beside ours', { origin: 'https://other.example', 'sec-fetch-site': 'same-site' }],
    ['a link in a mail', { 'sec-fetch-site': 'none' }],
    ['another site in an older browser', { origin: 'https://evil.example' }],
    ['a frame without origin', { origin: 'null' }],
    ['nobody', {}],
    ['another port', { origin: `${ORIGIN}:444` }],
    ['a host with our name in it', { origin: `${ORIGIN}.evil.example` }],
  ])('403: changes that come from %s', async (_, headers) => {
    const { visitor, directory, project, keyId } = await loggedIn()
    const before = await everythingOf(directory, project)
    const forms: [string, Record<string, string>][] = [
      ['/settings/keys', { name: 'theirs', scopes: 'read' }],
      [`/settings/keys/${keyId}/revoke`, {}],
      ['/settings/retention', { days: '1' }],
      ['/settings/views/save', { name: 'a', search: 'q=a' }],
      ['/settings/projects', { name: 'theirs' }],
      ['/settings/projects/rename', { name: 'theirs' }],
      ['/settings/projects/delete', { name: project }],
      ['/settings/sessions/end', {}],
      ['/logout', {}],
      ['/login', { password: PASSWORD }],
    ]
    for (const [path, form] of forms) {
      expect([path, (await visitor.post(path, form, headers)).status]).toEqual([path, 403])
    }
    const json = { 'content-type': 'application/json', ...headers }
    for (const [method, path, body] of [
      ['POST', '/v1/keys', '{"name":"theirs","scopes":["read"]}'],
      ['DELETE', `/v1/keys/${keyId}`, null],
      ['PATCH', '/v1/settings', '{"retention_days":1}'],
      ['DELETE', `/v1/projects/${project}`, null],
    ] as const) {
      const { status } = await visitor.request(path, { method, headers: json, body })
      expect([method, path, status]).toEqual([method, path, 403])
    }
    expect(await everythingOf(directory, project)).toEqual(before)
    expect((await visitor.get('/settings')).status).toBe(200)
  })

  it.each(['/login', '/settings/keys', '/settings/projects/rename'])(
    '400: a form that cannot be read, to %s',
    async (path) => {
      const { visitor, failures } = await loggedIn()
      const { status, html } = await visitor.request(path, {
        method: 'POST',
        headers: { origin: ORIGIN, 'content-type': 'multipart/form-data' },
        body: 'no boundary',
      })
      expect([status, html.includes('the form could not be read'.slice(1)), failures]).toEqual([
        400,
        true,
        [],
      ])
    },
  )

  it('403: a WebSocket that another site opens', async () => {
    const { visitor } = await loggedIn()
    const upgrade = { upgrade: 'websocket', connection: 'upgrade' }
    const evil = { ...upgrade, origin: 'https://evil.example' }
    expect((await visitor.get('/v1/traces', evil)).status).toBe(403)
    expect((await visitor.get('/v1/traces', { ...upgrade, origin: ORIGIN })).status).toBe(200)
  })

  it('changes nothing by an address that is read', async () => {
    const { visitor, directory, project, keyId } = await loggedIn()
    const before = await everythingOf(directory, project)
    for (const path of [
      `/settings/keys/${keyId}/revoke`,
      '/settings/retention?days=1',
      '/settings/projects/delete',
      '/logout',
    ]) {
      expect((await visitor.get(path)).status).toBe(404)
    }
    expect(await everythingOf(directory, project)).toEqual(before)
    expect((await visitor.get('/settings')).status).toBe(200)
  })
})

describe('network', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('of %s is %s', (address, expected) => {
    expect(network(address)).toBe(expected)
  })
})

async function everythingOf(directory: ReturnType<typeof newDirectory>, project: string) {
  return {
    keys: await directory.keys(project),
    projects: await directory.projects(),
    settings: await directory.allSettings(),
    secret: await directory.sessionSecret(),
  }
}

function flipped(letter: string): string {
  return letter === 'A' ? 'B' : 'A'
}
