import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { thisMachine } from '../../worker/auth/local.ts'
import { byPassword } from '../../worker/auth/password-login.ts'
import { PATHS } from '../../worker/dashboard/dashboard.tsx'
import { site } from '../../worker/dashboard/site.tsx'
import { durableLive } from '../../worker/store/durable/durable-live.ts'
import { change, id, spanId, spanOf, traceId } from '../store/changes.ts'
import { person } from './support/person.ts'
import { newDirectory, open, store } from './support/subject.ts'

/**
 * What a stranger sends to each route of the app, and what may come of it: their own, or nothing.
 * A route that has no line here fails the first test.
 */
interface Attempt {
  /** The address, with ids of the other project where it has any. */
  path: (theirs: Theirs) => string
  body?: (theirs: Theirs) => string
  /** With a key of another project that has every scope of a project. */
  key: number
  /** With a session of another deployment. */
  session?: number
}

const CASES: Record<string, Attempt> = {
  'GET /healthz': { path: () => '/healthz', key: 200, session: 200 },
  'ALL /healthz': { path: () => '/healthz', key: 405, session: 405 },
  'GET /readyz': { path: () => '/readyz', key: 200, session: 200 },
  'ALL /readyz': { path: () => '/readyz', key: 405, session: 405 },
  'GET /openapi.json': { path: () => '/openapi.json', key: 200, session: 200 },
  'ALL /openapi.json': { path: () => '/openapi.json', key: 405, session: 405 },
  'GET /metrics': { path: () => '/metrics', key: 403 },
  'ALL /metrics': { path: () => '/metrics', key: 405, session: 405 },
  'POST /v1/traces/ingest': {
    path: () => '/v1/traces/ingest',
    body: () => JSON.stringify({ traces: [{ id: id(9), name: 'intruder', parent_id: id(1) }] }),
    key: 202,
  },
  'ALL /v1/traces/ingest': { path: () => '/v1/traces/ingest', key: 405, session: 405 },
  'POST /v1/traces': {
    path: () => '/v1/traces',
    body: () => {
      const span = {
        traceId: traceId(9),
        spanId: spanId(9),
        parentSpanId: spanId(1),
        name: 'intruder',
      }
      return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })
    },
    key: 200,
  },
  'GET /v1/traces': { path: () => '/v1/traces?tag=their-tag', key: 200 },
  'ALL /v1/traces': { path: () => '/v1/traces', key: 405, session: 405 },
  'GET /v1/traces/:id': { path: () => `/v1/traces/${traceId(1)}`, key: 404 },
  'ALL /v1/traces/:id': { path: () => `/v1/traces/${traceId(1)}`, key: 405, session: 405 },
  'GET /v1/spans/:id': { path: () => `/v1/spans/${id(1)}`, key: 404 },
  'ALL /v1/spans/:id': { path: () => `/v1/spans/${id(1)}`, key: 405, session: 405 },
  'GET /v1/series': { path: () => '/v1/series?from=2020-01-01&by=name&of=traces', key: 200 },
  'ALL /v1/series': { path: () => '/v1/series', key: 405, session: 405 },
  'GET /v1/sessions': { path: () => '/v1/sessions?q=session:their-session', key: 200 },
  'ALL /v1/sessions': { path: () => '/v1/sessions', key: 405, session: 405 },
  'POST /v1/scores': {
    path: () => '/v1/scores',
    body: () => JSON.stringify({ id: id(1), name: 'quality', value: 0 }),
    key: 404,
  },
  'ALL /v1/scores': { path: () => '/v1/scores', key: 405, session: 405 },
  'GET /v1/facets': { path: () => '/v1/facets?fields=name,tag,model', key: 200 },
  'ALL /v1/facets': { path: () => '/v1/facets', key: 405, session: 405 },
  'GET /v1/export.jsonl': { path: () => '/v1/export.jsonl', key: 200 },
  'ALL /v1/export.jsonl': { path: () => '/v1/export.jsonl', key: 405, session: 405 },
  'GET /v1/live': { path: () => '/v1/live', key: 426 },
  'ALL /v1/live': { path: () => '/v1/live', key: 405, session: 405 },
  'DELETE /v1/traces': { path: () => `/v1/traces?q=id:${traceId(1)}`, key: 200 },
  'DELETE /v1/traces/:id': { path: () => `/v1/traces/${traceId(1)}`, key: 404 },
  'GET /v1/keys': { path: () => '/v1/keys', key: 200 },
  'POST /v1/keys': {
    path: ({ project }) => `/v1/keys?project=${project}`,
    body: () => JSON.stringify({ name: 'intruder', scopes: ['read'] }),
    key: 201,
  },
  'ALL /v1/keys': { path: () => '/v1/keys', key: 405, session: 405 },
  'DELETE /v1/keys/:id': { path: ({ keyId }) => `/v1/keys/${keyId}`, key: 404 },
  'ALL /v1/keys/:id': { path: ({ keyId }) => `/v1/keys/${keyId}`, key: 405, session: 405 },
  'GET /v1/projects': { path: () => '/v1/projects', key: 403 },
  'POST /v1/projects': { path: () => '/v1/projects', body: () => '{"name":"intruder"}', key: 403 },
  'ALL /v1/projects': { path: () => '/v1/projects', key: 405, session: 405 },
  'PATCH /v1/projects/:id': {
    path: ({ project }) => `/v1/projects/${project}`,
    body: () => '{"name":"intruder"}',
    key: 403,
  },
  'DELETE /v1/projects/:id': { path: ({ project }) => `/v1/projects/${project}`, key: 403 },
  'ALL /v1/projects/:id': {
    path: ({ project }) => `/v1/projects/${project}`,
    key: 405,
    session: 405,
  },
  'GET /v1/settings': { path: () => '/v1/settings', key: 200 },
  'PATCH /v1/settings': {
    path: () => '/v1/settings',
    body: () => '{"retention_days":1}',
    key: 200,
  },
  'ALL /v1/settings': { path: () => '/v1/settings', key: 405, session: 405 },
  'ALL /v1/*': { path: () => '/v1/nope', key: 404, session: 404 },
  // Pages know no keys.
  'GET /login': { path: () => '/login', key: 200, session: 200 },
  'POST /login': { path: () => '/login', key: 401 },
  'POST /logout': { path: () => '/logout', key: 303, session: 303 },
  'GET /': { path: () => '/', key: 401 },
  'GET /traces': { path: () => '/traces?tag=their-tag', key: 401 },
  'GET /traces.csv': { path: () => '/traces.csv?q=tag:their-tag', key: 401 },
  'GET /compare': { path: () => `/compare?a=${traceId(1)}&b=${traceId(2)}`, key: 401 },
  'GET /selected': { path: () => `/selected?do=delete&trace=${traceId(1)}`, key: 401 },
  'POST /selected/delete': { path: () => '/selected/delete', key: 401 },
  'GET /session': { path: () => '/session?id=their-session', key: 401 },
  'GET /sessions': { path: () => '/sessions?range=30d', key: 401 },
  'GET /tools': { path: () => '/tools?from=2026-01-01', key: 401 },
  'GET /overview': { path: () => '/overview?by=name&range=30d', key: 401 },
  'POST /traces/:trace/delete': { path: () => `/traces/${traceId(1)}/delete`, key: 401 },
  'GET /traces/:trace/outline': { path: () => `/traces/${traceId(1)}/outline`, key: 401 },
  'POST /traces/:trace/spans/:span/score': {
    path: () => `/traces/${traceId(1)}/spans/${id(1)}/score`,
    key: 401,
  },
  'GET /traces/:trace': { path: () => `/traces/${traceId(1)}`, key: 401 },
  'GET /traces/:trace/spans/:span': {
    path: () => `/traces/${traceId(1)}/spans/${id(1)}?raw=input`,
    key: 401,
  },
  'GET /settings': { path: () => '/settings', key: 401 },
  'POST /settings/keys': { path: () => '/settings/keys', key: 401 },
  'POST /settings/keys/:id/revoke': {
    path: ({ keyId }) => `/settings/keys/${keyId}/revoke`,
    key: 401,
  },
  'POST /settings/retention': { path: () => '/settings/retention', key: 401 },
  'POST /settings/prices': { path: () => '/settings/prices', key: 401 },
  'POST /settings/prices/remove': { path: () => '/settings/prices/remove', key: 401 },
  'POST /settings/project': { path: () => '/settings/project', key: 401 },
  'POST /settings/projects': { path: () => '/settings/projects', key: 401 },
  'POST /settings/projects/rename': { path: () => '/settings/projects/rename', key: 401 },
  'POST /settings/projects/delete': { path: () => '/settings/projects/delete', key: 401 },
  'POST /settings/views/save': { path: () => '/settings/views/save', key: 401 },
  'POST /settings/views/rename': { path: () => '/settings/views/rename', key: 401 },
  'POST /settings/views/remove': { path: () => '/settings/views/remove', key: 401 },
  'POST /settings/sessions/end': { path: () => '/settings/sessions/end', key: 401 },
}

const PASSWORD = 'correct horse battery'
const SECRETS = /their-|theirs/

async function world() {
  const known = newDirectory()
  const people = byPassword({ secret: PASSWORD, directory: known, addressOf: () => undefined })
  const options = { directory: known, people, pages: site, live: durableLive(env.PROJECT) }
  const theirs = await open(options)
  await known.renameProject(theirs.project, 'theirs')
  await known.changeSettings(theirs.project, {
    retentionDays: 7,
    prices: [{ model: 'their-model', input: 1, output: 2 }],
    views: [{ name: 'their-view', search: 'q=their-model' }],
  })
  await store.write(theirs.project, [
    change(1, {
      name: 'their-name',
      tags: ['their-tag'],
      input: 'their-input',
      model: 'their-model',
      sessionId: 'their-session',
      userId: 'their-user',
      kind: 'tool',
    }),
  ])
  const ours = await open(options, ['ingest', 'read', 'admin'])

  const other = newDirectory()
  const elsewhere = await open({
    directory: other,
    people: byPassword({ secret: PASSWORD, directory: other, addressOf: () => undefined }),
    pages: site,
    live: durableLive(env.PROJECT),
  })
  const visitor = person(elsewhere.app)
  await visitor.post('/login', { password: PASSWORD })
  return {
    known,
    theirs,
    ours,
    cookie: [...visitor.cookies].map((pair) => pair.join('=')).join('; '),
  }
}

type World = Awaited<ReturnType<typeof world>>
type Theirs = World['theirs']

/** All that the other project is, as it should be after whatever was tried. */
async function stateOf({ known, theirs }: World) {
  return {
    traces: await store.list(theirs.project, {}),
    span: await spanOf(store, theirs.project, id(1)),
    keys: await known.keys(theirs.project),
    settings: await known.settings(theirs.project),
    projects: await known.projects(),
    secret: await known.sessionSecret(),
  }
}

/** Middleware is in the table as well: what it guards has a line of its own. */
const isRoute = ({ method, path }: { method: string; path: string }) =>
  !(method === 'ALL' && ['/*', '/v1/*', '/v1/traces', '/v1/traces/ingest'].includes(path)) ||
  `${method} ${path}` in CASES

describe('two projects', () => {
  let one: World
  beforeAll(async () => {
    one = await world()
  })

  it('have a case for every route of the app', () => {
    const routes = one.ours.app.routes
      .filter(isRoute)
      .map(({ method, path }) => `${method} ${path}`)
    const middleware = PATHS.map((path) => `ALL ${path}`)
    const inTable = [...new Set(routes)].filter((route) => !middleware.includes(route))
    expect(inTable.toSorted()).toEqual(Object.keys(CASES).toSorted())
  })

  const attempts = Object.entries(CASES)

  it.each(attempts)('never meet by a key: %s', async (route, attempt) => {
    const before = await stateOf(one)
    const headers = {
      authorization: one.ours.authorization,
      'content-type': 'application/json',
      origin: 'https://collector.example',
      'sec-fetch-site': 'same-origin',
      cookie: `carrot-project=${one.theirs.project}`,
    }
    const response = await ask(one, route, attempt, headers)
    expect(response.status).toBe(attempt.key)
    await untouched(one, before, response)
  })

  it.each(attempts)('are not met by a session of elsewhere: %s', async (route, attempt) => {
    const before = await stateOf(one)
    const headers = {
      cookie: `${one.cookie}; carrot-project=${one.theirs.project}`,
      origin: 'https://collector.example',
      'content-type': 'application/json',
    }
    const response = await ask(one, route, attempt, headers)
    expect(response.status).toBe(attempt.session ?? 401)
    await untouched(one, before, response)
  })

  it.each(attempts)('are not met by nobody: %s', async (route, attempt) => {
    const before = await stateOf(one)
    const response = await ask(one, route, attempt, { 'content-type': 'application/json' })
    expect([401, 403, attempt.session]).toContain(response.status)
    await untouched(one, before, response)
  })

  it('are shown one at a time to who may see both', async () => {
    const visitor = person(one.ours.app)
    await visitor.post('/login', { password: PASSWORD })
    await visitor.post('/settings/project', { project: one.theirs.project })
    expect((await visitor.get('/traces')).html).toContain('their-name')
    await visitor.post('/settings/project', { project: one.ours.project })
    const { status, html } = await visitor.get('/traces')
    expect([status, html.includes('their-name')]).toEqual([200, false])
    for (const path of [
      `/traces/${traceId(1)}`,
      '/overview?by=name&range=30d',
      '/traces.csv',
      '/session?id=their-session',
      `/compare?a=${traceId(1)}&b=${traceId(2)}`,
      `/traces/${traceId(1)}/outline`,
      `/selected?do=delete&trace=${traceId(1)}`,
      `/traces/${traceId(1)}?rows=0-10`,
      '/sessions',
      '/tools?from=2020-01-01',
    ]) {
      expect((await visitor.get(path)).html).not.toMatch(/their-(name|user)/)
    }
    await visitor.post(`/traces/${traceId(1)}/delete`)
    await visitor.post('/selected/delete', { trace: traceId(1) })
    await visitor.post(`/traces/${traceId(1)}/spans/${id(1)}/score`, { name: 'q', value: '1' })
    expect(await store.trace(one.theirs.project, traceId(1))).toHaveLength(1)
    expect((await visitor.get(`/v1/traces/${traceId(7)}`)).status).toBe(404)
    await visitor.post('/settings/project', { project: 'no such project' })
    expect((await visitor.get('/traces')).status).toBe(200)
  })

  it('have the same ids, each its own trace', async () => {
    const { known } = one
    const pair = [await open({ directory: known }), await open({ directory: known })] as const
    for (const [index, { send }] of pair.entries()) {
      await send({ traces: [{ id: id(5), name: `trace ${index}` }] })
    }
    for (const [index, { get }] of pair.entries()) {
      expect(await get(`/v1/traces/${traceId(5)}`)).toMatchObject({
        status: 200,
        body: { spans: [{ id: id(5), name: `trace ${index}` }] },
      })
    }
  })

  it('of a machine of its own see no other by the choice of a cookie that names none', async () => {
    const known = newDirectory()
    const { app } = await open({ directory: known, people: thisMachine('mine'), pages: site })
    const cookie = `carrot-project=${one.theirs.project}`
    const response = await app.request('/v1/traces', { headers: { host: 'localhost', cookie } })
    expect([response.status, await response.json()]).toEqual([200, { traces: [] }])
  })
})

function ask({ ours, theirs }: World, route: string, attempt: Attempt, headers: HeadersInit) {
  const method = route.startsWith('ALL ') ? 'PUT' : route.split(' ')[0]
  const body = attempt.body?.(theirs)
  return ours.app.request(`https://collector.example${attempt.path(theirs)}`, {
    method: method ?? 'GET',
    headers,
    ...(body !== undefined && { body }),
  })
}

async function untouched(
  one: World,
  before: Awaited<ReturnType<typeof stateOf>>,
  response: Response,
): Promise<void> {
  const text = await response.text()
  const said =
    JSON.stringify([...response.headers]) +
    text
      .replaceAll('/traces?tag=their-tag', '')
      .replaceAll('/traces.csv?q=tag:their-tag', '')
      .replaceAll('/session?id=their-session', '')
  expect(said).not.toMatch(SECRETS)
  expect(said).not.toContain(one.theirs.keyId)
  expect(await stateOf(one)).toEqual(before)
}
