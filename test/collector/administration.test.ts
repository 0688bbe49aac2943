import { describe, expect, it } from 'vitest'
import { hashKey, type Scope } from '../../worker/auth/keys.ts'
import { LOCAL_PROJECT, withLocalKey } from '../../worker/auth/local-key.ts'
import { finishRemovals } from '../../worker/auth/removal.ts'
import { retentionDue } from '../../worker/auth/settings.ts'
import { id } from '../store/changes.ts'
import { answer, newDirectory, open } from './support/subject.ts'

const KEY = { name: 'website', scopes: ['ingest'], origins: ['https://example.com'] }
const ISO = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)

describe('/v1/keys', () => {
  it('makes a key, shows it once, lists it without itself, and revokes it at once', async () => {
    const { ask, app } = await open()
    const made = await ask('POST', '/v1/keys', KEY)
    const { key, id } = Object(made.body)
    expect({
      status: made.status,
      body: made.body,
      kept: made.headers.get('cache-control'),
    }).toEqual({
      status: 201,
      body: { ...KEY, id, key: expect.stringMatching(/^sk-[\w-]{43}$/), created_at: ISO },
      kept: 'no-store',
    })
    const send = () =>
      app.request('/v1/traces/ingest', {
        method: 'POST',
        headers: { 'x-api-key': key },
        body: '{"traces":[{}]}',
      })
    expect((await send()).status).toBe(202)

    const listed = await ask('GET', '/v1/keys')
    expect(listed.body).toEqual({
      keys: [expect.objectContaining({ name: 'test' }), { ...KEY, id, created_at: ISO }],
    })
    expect(JSON.stringify(listed.body)).not.toContain(key)

    expect((await ask('DELETE', `/v1/keys/${id}`)).status).toBe(204)
    expect((await send()).status).toBe(401)
    expect(Object((await ask('GET', '/v1/keys')).body).keys).toHaveLength(1)
    expect((await ask('DELETE', `/v1/keys/${id}`)).status).toBe(404)
  })

  const SCOPE_ERROR = '`scopes` must name one or more of ingest, read, admin, deployment'
  const NAME_ERROR = '`name` must have 1 to 100 characters, and none that controls text'
  const ORIGIN_ERROR = 'an origin must be like https://example.com or http://localhost:3000'
  it.each<[string, object | string, string]>([
    ['not JSON', '{"name"', 'the body is not valid JSON'],
    ['nothing', '', 'the body is not valid JSON'],
    ['null', 'null', NAME_ERROR],
    ['no name', { scopes: ['read'] }, NAME_ERROR],
    ['a name of spaces', { ...KEY, name: '  ' }, NAME_ERROR],
    ['a long name', { ...KEY, name: 'x'.repeat(101) }, NAME_ERROR],
    ['a name with a line break', { ...KEY, name: 'a\nb' }, NAME_ERROR],
    ['no scopes', { name: 'a' }, SCOPE_ERROR],
    ['another scope', { name: 'a', scopes: ['read', 'all'] }, SCOPE_ERROR],
    ['scopes as text', { name: 'a', scopes: 'read' }, SCOPE_ERROR],
    ['an origin with a path alone', { ...KEY, origins: ['/a'] }, ORIGIN_ERROR],
    ['any origin', { ...KEY, origins: ['*'] }, ORIGIN_ERROR],
    ['no origin', { ...KEY, origins: ['null'] }, ORIGIN_ERROR],
    ['a file', { ...KEY, origins: ['file:///a'] }, ORIGIN_ERROR],
    [
      'origins as text',
      { ...KEY, origins: 'https://a.example' },
      '`origins` must be an array of origins',
    ],
    [
      '21 origins',
      { ...KEY, origins: Array.from({ length: 21 }, (_, index) => `https://${index}.example`) },
      '`origins` may have 20 entries, found 21',
    ],
    [
      'a key for pages that reads',
      { ...KEY, scopes: ['ingest', 'read'] },
      'a key for pages can be read by everyone: its only scope may be ingest',
    ],
    [
      'a project',
      { ...KEY, project: 'theirs' },
      'a field is not known; there are name, scopes and origins',
    ],
  ])('400: %s', async (_, body, detail) => {
    const { ask } = await open()
    expect(await ask('POST', '/v1/keys', body)).toMatchObject({
      status: 400,
      body: { status: 400, detail },
    })
    expect(Object((await ask('GET', '/v1/keys')).body).keys).toHaveLength(1)
  })

  it('writes origins as browsers do', async () => {
    const { ask } = await open()
    const origins = ['https://EXAMPLE.com/', 'https://example.com', 'https://example.com:443/x']
    expect(await ask('POST', '/v1/keys', { ...KEY, origins })).toMatchObject({
      body: { origins: ['https://example.com'] },
    })
  })

  it.each<[Scope, Scope, number]>([
    ['admin', 'ingest', 201],
    ['admin', 'admin', 201],
    ['admin', 'deployment', 400],
  ])('lets a key with %s make one with %s: %d', async (has, wants, status) => {
    const { ask } = await open({}, [has])
    expect((await ask('POST', '/v1/keys', { name: 'a', scopes: [wants] })).status).toBe(status)
  })

  it('415: a form, which any page could send', async () => {
    const { ask } = await open()
    const type = { 'content-type': 'text/plain' }
    expect((await ask('POST', '/v1/keys', JSON.stringify(KEY), type)).status).toBe(415)
  })

  it('413: a body of 65 kB', async () => {
    const { ask } = await open()
    const name = 'x'.repeat(65 * 1024)
    expect((await ask('POST', '/v1/keys', { ...KEY, name })).status).toBe(413)
  })
})

describe('/v1/projects', () => {
  it('makes a project with its first key, renames it, and removes it with all its data', async () => {
    const known = newDirectory()
    const { ask, app, removed } = await open({ directory: known })
    const made = await ask('POST', '/v1/projects', { name: 'shop' })
    const { id, key } = Object(made.body)
    expect({ status: made.status, body: made.body }).toEqual({
      status: 201,
      body: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name: 'shop',
        key: {
          id: key.id,
          name: 'first',
          scopes: ['ingest', 'read', 'admin'],
          origins: [],
          created_at: ISO,
          key: expect.stringMatching(/^sk-/),
        },
      },
    })
    const headers = { authorization: `Bearer ${key.key}` }
    const read = async (path: string) => answer(await app.request(path, { headers }))
    expect((await read('/v1/traces')).body).toEqual({ traces: [] })

    expect(await ask('PATCH', `/v1/projects/${id}`, { name: 'store' })).toMatchObject({
      status: 200,
      body: { id, name: 'store' },
    })
    expect(Object((await ask('GET', '/v1/projects')).body).projects).toContainEqual({
      id,
      name: 'store',
      created_at: ISO,
    })

    expect((await ask('DELETE', `/v1/projects/${id}`)).status).toBe(204)
    expect(removed).toEqual([id])
    expect((await read('/v1/traces')).status).toBe(401)
    expect((await ask('DELETE', `/v1/projects/${id}`)).status).toBe(404)
    expect((await ask('PATCH', `/v1/projects/${id}`, { name: 'a' })).status).toBe(404)
    expect((await known.projects()).map((project) => project.id)).not.toContain(id)
  })

  it('409: a name that is taken; and takes it again once its project is removed', async () => {
    const { ask } = await open({ directory: newDirectory() })
    const { id } = Object((await ask('POST', '/v1/projects', { name: 'shop' })).body)
    await ask('POST', '/v1/projects', { name: 'other' })
    expect((await ask('POST', '/v1/projects', { name: 'shop' })).status).toBe(409)
    expect((await ask('PATCH', `/v1/projects/${id}`, { name: 'other' })).status).toBe(409)
    expect((await ask('PATCH', `/v1/projects/${id}`, { name: 'shop' })).status).toBe(200)
    await ask('DELETE', `/v1/projects/${id}`)
    const again = await ask('POST', '/v1/projects', { name: 'shop' })
    expect(again.status).toBe(201)
    expect(Object(again.body).id).not.toBe(id)
  })

  it('removes the data by schedule where that failed, and what came after', async () => {
    const known = newDirectory()
    const { ask, project, failures } = await open({
      directory: known,
      removeData: () => Promise.reject(new TypeError('away')),
    })
    expect((await ask('DELETE', `/v1/projects/${project}`)).status).toBe(204)
    expect(failures).toMatchObject([{ event: 'removal failed', cause: 'TypeError' }])

    const removed: string[] = []
    const removeData = async (name: string) => removed.push(name) < 2
    const nowUs = Date.now() * 1000
    await finishRemovals(known, removeData, nowUs)
    expect(removed).toEqual([]) // somebody may still be writing
    await finishRemovals(known, removeData, nowUs + 3_600_000_000)
    expect(removed).toEqual([project, project])
    await finishRemovals(known, removeData, nowUs + 3_600_000_000)
    expect(removed).toEqual([project, project])
  })
})

describe('finishRemovals', () => {
  it('gives every project its turn, and says then what failed', async () => {
    const known = newDirectory()
    for (const id of ['p1', 'p2', 'p3']) {
      await known.createProject(id, id)
      await known.removeProject(id)
    }
    const removed: string[] = []
    const removeData = async (id: string) => {
      if (id === 'p1') throw new TypeError('away')
      return removed.push(id) < 1
    }
    const later = Date.now() * 1000 + 3_600_000_000
    await expect(finishRemovals(known, removeData, later)).rejects.toMatchObject({
      errors: [expect.any(TypeError)],
    })
    expect(removed.toSorted()).toEqual(['p2', 'p3'])
    expect(await known.removedProjects(later)).toEqual(['p1'])
  })
})

describe('the project of a machine', () => {
  it('400: stays, and so does the key to it', async () => {
    const known = withLocalKey(newDirectory(), 'sk-of-this-machine')
    const { ask } = await open({ directory: known })
    expect(await known.grant(await hashKey('sk-of-this-machine'))).toMatchObject({
      project: LOCAL_PROJECT,
      scopes: ['ingest', 'read', 'admin', 'deployment'],
    })
    expect(await ask('DELETE', `/v1/projects/${LOCAL_PROJECT}`)).toMatchObject({
      status: 400,
      body: { detail: 'the project of this machine cannot be deleted' },
    })
    expect((await known.projects()).map(({ id }) => id)).toContain(LOCAL_PROJECT)
  })

  it('is asked for again where the directory was away at first', async () => {
    const directory = newDirectory()
    let away = true
    const known = withLocalKey(
      {
        ...directory,
        admit: (...key) => (away ? Promise.reject(new Error('away')) : directory.admit(...key)),
      },
      'sk-of-this-machine',
    )
    const hash = await hashKey('sk-of-this-machine')
    await expect(known.grant(hash)).rejects.toThrow('away')
    away = false
    expect(await known.grant(hash)).toMatchObject({ project: LOCAL_PROJECT })
  })
})

describe('/v1/settings', () => {
  it('keeps all until told otherwise, by project', async () => {
    const ours = await open()
    const theirs = await open()
    const path = '/v1/settings'
    expect((await ours.ask('GET', path)).body).toEqual({
      retention_days: null,
      prices: [],
      views: {},
    })
    expect((await ours.ask('PATCH', path, { retention_days: 30 })).body).toEqual({
      prices: [],
      views: {},
      retention_days: 30,
    })
    expect((await ours.ask('PATCH', path, {})).body).toMatchObject({
      retention_days: 30,
      prices: [],
    })
    expect((await ours.ask('GET', path)).body).toMatchObject({ retention_days: 30, prices: [] })
    expect((await theirs.ask('GET', path)).body).toEqual({
      retention_days: null,
      prices: [],
      views: {},
    })
    expect((await ours.ask('PATCH', path, { retention_days: null })).body).toEqual({
      prices: [],
      views: {},
      retention_days: null,
    })
  })

  const VIEW_NAME_ERROR =
    'the name of a view must have 1 to 60 characters, and none that controls text'
  const VIEW_ERROR = 'a view is a search such as q=status:error; it has q, range, from, to, sort'
  const manyViews = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, number) => [`view ${number}`, 'q=a']))

  it('keeps 50 views by their names, and changes those that are named', async () => {
    const { ask } = await open()
    const path = '/v1/settings'
    await ask('PATCH', path, { views: manyViews(50) })
    const more = await ask('PATCH', path, { views: { more: 'q=a' } })
    expect(more).toMatchObject({
      status: 400,
      body: { detail: 'a project may have 50 views: remove one first' },
    })
    const change = { 'view 7': 'q=status:error&range=24h', 'view 8': null, more: 'sort=-cost' }
    const { body } = await ask('PATCH', path, { views: change })
    const { 'view 8': _gone, ...kept } = manyViews(50)
    const views = { ...kept, 'view 7': 'q=status:error&range=24h', more: 'sort=-cost' }
    expect(body).toEqual({ retention_days: null, prices: [], views })
    expect((await ask('GET', path)).body).toEqual(body)
  })

  const DAYS_ERROR = '`retention_days` must be a whole number from 1 to 3650, or null to keep all'
  it.each<[object | string, string]>([
    [{ retention_days: 0 }, DAYS_ERROR],
    [{ retention_days: -1 }, DAYS_ERROR],
    [{ retention_days: 1.5 }, DAYS_ERROR],
    [{ retention_days: 3651 }, DAYS_ERROR],
    [{ retention_days: '30' }, DAYS_ERROR],
    ['{"retention_days":1e999}', DAYS_ERROR],
    [{ prices: {} }, '`prices` must be an array'],
    [{ prices: [7] }, '`prices[0]` must be an object'],
    [
      { prices: [{ model: '', input: 1, output: 1 }] },
      '`prices[0].model` must be a name of up to 200 characters',
    ],
    [
      { prices: [{ model: 'm', input: 1 }] },
      '`prices[0]` must have the prices of `input` and `output`',
    ],
    [
      { prices: [{ model: 'm', input: -1, output: 1 }] },
      '`prices[0].input` must be US dollars for a million tokens, from 0 to 1000000',
    ],
    [
      { prices: [{ model: 'm', input: 1, output: 1, cached: 1 }] },
      'a field of `prices[0]` is not known; there are model, provider, input, output, cache_read, cache_write',
    ],
    [
      { prices: Array.from({ length: 201 }, () => ({ model: 'm', input: 1, output: 1 })) },
      'there may be 200 prices, found 201',
    ],
    [{ retention: 30 }, 'a setting is not known; there are retention_days, prices and views'],
    [{ views: [] }, '`views` must be an object of searches by their names'],
    [{ views: null }, '`views` must be an object of searches by their names'],
    [{ views: { ' ': 'q=a' } }, VIEW_NAME_ERROR],
    [{ views: { ['x'.repeat(61)]: 'q=a' } }, VIEW_NAME_ERROR],
    [{ views: { 'a\u0007': null } }, VIEW_NAME_ERROR],
    [{ views: { a: 7 } }, 'the search of a view must be a text of up to 2000 characters'],
    [
      { views: { a: `q=${'x'.repeat(1999)}` } },
      'the search of a view must be a text of up to 2000 characters',
    ],
    [{ views: { a: '' } }, VIEW_ERROR],
    [{ views: { a: 'https://evil.example' } }, VIEW_ERROR],
    [{ views: { a: 'q=a&before=1' } }, VIEW_ERROR],
    [{ views: manyViews(51) }, 'a project may have 50 views: remove one first'],
    ['[]', 'the settings must be an object'],
  ])('400: %j', async (body, detail) => {
    const { ask } = await open()
    await ask('PATCH', '/v1/settings', { retention_days: 7 })
    expect(await ask('PATCH', '/v1/settings', body)).toMatchObject({
      status: 400,
      body: { detail },
    })
    expect((await ask('GET', '/v1/settings')).body).toEqual({
      retention_days: 7,
      prices: [],
      views: {},
    })
  })
})

describe('prices of a project', () => {
  it('count for what is sent from then on, and for what is stored', async () => {
    const { ask, get, send } = await open()
    const call = (number: number) => ({
      id: id(number),
      metadata: { model: 'own-7b', input_tokens: 1_000_000, output_tokens: 1000 },
    })
    await send({ traces: [call(1)] })
    const cost = async (number: number) => {
      const { body } = await get(`/v1/spans/${id(number)}`)
      return Reflect.get(Object(body), 'cost_usd')
    }
    expect(await cost(1)).toBeNull()
    const rule = { model: 'own*', input: 0.5, output: 2 }
    expect(await ask('PATCH', '/v1/settings', { prices: [rule] })).toMatchObject({
      status: 200,
      body: { prices: [{ ...rule, provider: null, cache_read: null, cache_write: null }] },
    })
    await send({ traces: [call(2)] })
    expect(await cost(2)).toBe(0.502)
    await expect.poll(() => cost(1), { timeout: 10_000 }).toBe(0.502)
  })
})

describe('retentionDue', () => {
  it('names the projects that keep for a time, and since when', async () => {
    const known = newDirectory()
    const one = await open({ directory: known })
    const other = await open({ directory: known })
    await one.ask('PATCH', '/v1/settings', { retention_days: 1 })
    const nowUs = Date.UTC(2026, 0, 2) * 1000
    const settings = await known.allSettings()
    expect(settings.map(({ project }) => project).toSorted()).toEqual(
      [one.project, other.project].toSorted(),
    )
    expect(retentionDue(settings, nowUs)).toEqual([
      { project: one.project, beforeUs: Date.UTC(2026, 0, 1) * 1000 },
    ])
  })
})

describe('administration', () => {
  it.each([
    ['PUT', '/v1/keys', 'GET, HEAD, POST'],
    ['GET', '/v1/keys/x', 'DELETE'],
    ['DELETE', '/v1/projects', 'GET, HEAD, POST'],
    ['POST', '/v1/projects/x', 'PATCH, DELETE'],
    ['DELETE', '/v1/settings', 'GET, HEAD, PATCH'],
    ['POST', '/metrics', 'GET, HEAD'],
  ])('405: %s %s', async (method, path, allow) => {
    const { ask } = await open()
    const { status, headers } = await ask(method, path)
    expect({ status, allow: headers.get('allow') }).toEqual({ status: 405, allow })
  })

  it('503 when the directory is away, without its words', async () => {
    const known = newDirectory()
    let away = false
    const keys = (project: string) =>
      away ? Promise.reject(new RangeError('secret')) : known.keys(project)
    const { ask, failures } = await open({ directory: { ...known, keys } })
    away = true
    const { status, body, headers } = await ask('GET', '/v1/keys')
    const requestId = headers.get('x-request-id')
    expect({ status, body }).toEqual({
      status: 503,
      body: {
        title: 'Service unavailable',
        status: 503,
        detail: 'this could not be done now; try again later',
        request_id: requestId,
      },
    })
    expect(failures).toEqual([{ event: 'administration failed', cause: 'RangeError', requestId }])
  })
})
