import { describe, expect, it } from 'vitest'
import { hashKey, newKey, rememberedKeys, type Scope } from '../../worker/auth/keys.ts'
import { id, spanOf, traceId } from '../store/changes.ts'
import { directory, open, store } from './support/subject.ts'

const UNKNOWN = 'missing or invalid API key: send `Authorization: Bearer sk-...`'

describe('a key', () => {
  it('is 256 random bits, and only its hash is known', async () => {
    const { key } = await open()
    expect(key).toMatch(/^sk-[A-Za-z0-9_-]{43}$/)
    expect(newKey()).not.toBe(newKey())
    expect(await hashKey('sk-test')).toBe(
      'f3abf2a6cc4f00987743db5f544ba345b4899ae31f326d8ee9c4816de153c9e0',
    )
  })

  it.each<[string, (key: string) => Record<string, string>]>([
    ['in Bearer', (key) => ({ authorization: `Bearer ${key}` })],
    ['in bearer', (key) => ({ authorization: `bearer  ${key}` })],
    ['in x-api-key', (key) => ({ 'x-api-key': key })],
    [
      'as the password of Basic, as Langfuse sends it',
      (key) => ({ authorization: `Basic ${btoa(`pk-lf-1:${key}`)}` }),
    ],
  ])('lets in %s', async (_, headers) => {
    const { app, key } = await open()
    const response = await app.request('/v1/traces', { headers: headers(key) })
    expect(response.status).toBe(200)
  })

  it.each<[string, (key: string) => Record<string, string>]>([
    ['no key', () => ({ authorization: '' })],
    ['an unknown key', () => ({ authorization: `Bearer ${newKey()}` })],
    ['a part of the key', (key) => ({ authorization: `Bearer ${key.slice(0, -1)}` })],
    ['the hash of the key', () => ({ authorization: `Bearer ${'0'.repeat(64)}` })],
    ['another scheme', (key) => ({ authorization: `Digest ${key}` })],
    ['Basic that is no base64', (key) => ({ authorization: `Basic ${key}` })],
    ['Basic with the key as name', (key) => ({ authorization: `Basic ${btoa(`${key}:`)}` })],
    ['the bare key', (key) => ({ authorization: key })],
    ['another header', (key) => ({ authorization: '', 'x-key': key })],
    [
      'a good key beside a bad one',
      (key) => ({ authorization: `Bearer ${newKey()}`, 'x-api-key': key }),
    ],
    ['two keys in one header', (key) => ({ authorization: `Bearer ${key}, Bearer ${key}` })],
    ['a very long key', () => ({ authorization: `Bearer sk-${'a'.repeat(10_000)}` })],
    ['SQL', () => ({ authorization: `Bearer '||1=1--` })],
  ])('401: %s', async (_, headers) => {
    const { key, send, get } = await open()
    const refused = await send({ traces: [{}] }, headers(key))
    expect({
      status: refused.status,
      body: refused.body,
      scheme: refused.headers.get('www-authenticate'),
    }).toEqual({
      status: 401,
      body: { error: UNKNOWN },
      scheme: 'Bearer',
    })
    const read = await get('/v1/traces', headers(key))
    expect({ status: read.status, body: read.body }).toEqual({
      status: 401,
      body: {
        title: 'Not authenticated',
        status: 401,
        detail: UNKNOWN,
        request_id: read.headers.get('x-request-id'),
      },
    })
  })

  it('401: a key that was revoked, in the same words as one that never was', async () => {
    const { ask, app } = await open()
    const asked = { name: 'other', scopes: ['ingest', 'read', 'admin'] }
    const { id: keyId, key } = Object((await ask('POST', '/v1/keys', asked)).body)
    const said = async (text: string, path: string) => {
      const headers = { authorization: `Bearer ${text}`, 'x-request-id': 'same' }
      const response = await app.request(path, { headers })
      return {
        status: response.status,
        headers: [...response.headers],
        text: await response.text(),
      }
    }
    expect((await said(key, '/v1/traces')).status).toBe(200)
    await ask('DELETE', `/v1/keys/${keyId}`)
    for (const path of ['/v1/traces', '/v1/keys', '/v1/settings', '/v1/projects', '/metrics']) {
      const refused = await said(key, path)
      expect(refused.status).toBe(401)
      expect(refused).toEqual(await said(newKey(), path))
    }
  })

  it('401: a key in the address', async () => {
    const { key, get } = await open()
    expect(await get(`/v1/traces?key=${key}`, {})).toMatchObject({ status: 401 })
  })

  it.each<[Scope[], number, number, number, number]>([
    [['ingest'], 202, 403, 403, 403],
    [['read'], 403, 200, 403, 403],
    [['ingest', 'read'], 202, 200, 403, 403],
    [['admin'], 403, 403, 200, 403],
    [['deployment'], 403, 403, 403, 200],
  ])('opens what its scopes name: %j', async (scopes, ingest, read, admin, deployment) => {
    const { send, get } = await open({}, scopes)
    expect({
      ingest: (await send({ traces: [{}] })).status,
      read: (await get('/v1/traces')).status,
      admin: (await get('/v1/keys')).status,
      deployment: (await get('/v1/projects')).status,
    }).toEqual({ ingest, read, admin, deployment })
  })

  it('says which scope is missing', async () => {
    const { get, send } = await open({}, ['admin'])
    expect(await get('/v1/traces')).toMatchObject({
      body: { status: 403, detail: 'this API key does not have the scope `read`' },
    })
    expect(await send({ traces: [{}] })).toMatchObject({
      status: 403,
      body: { error: 'this API key does not have the scope `ingest`' },
    })
  })

  it('reaches one project and never the ids of another', async () => {
    const ours = await open()
    const theirs = await open()
    await theirs.send({ traces: [{ id: id(1), name: 'theirs' }] })
    expect((await ours.get(`/v1/traces/${traceId(1)}`)).status).toBe(404)
    expect((await ours.get(`/v1/spans/${id(1)}`)).status).toBe(404)
    await ours.send({ traces: [{ id: id(1), name: 'ours' }] })
    expect((await spanOf(store, theirs.project, id(1)))?.name).toBe('theirs')
    expect((await spanOf(store, ours.project, id(1)))?.name).toBe('ours')
  })
})

describe('rememberedKeys', () => {
  const grant = { id: 'k', project: 'p', scopes: [], origins: [] }

  it('asks once in 10 seconds for a key, and for one that is none', async () => {
    let now = 0
    const asked: string[] = []
    const known = await hashKey('sk-known')
    const keys = rememberedKeys(
      {
        grant: async (hash) => {
          asked.push(hash === known ? 'known' : 'unknown')
          return hash === known ? grant : undefined
        },
        origins: async () => [],
      },
      () => now,
    )
    for (now of [0, 9_999, 10_000, 10_001]) {
      expect(await keys.find('sk-known')).toEqual(grant)
      expect(await keys.find('sk-other')).toBeUndefined()
    }
    expect(asked.filter((each) => each === 'known')).toHaveLength(2)
    expect(asked.filter((each) => each === 'unknown')).toHaveLength(2)
  })

  it('forgets the oldest of more than a thousand, and all of them when told', async () => {
    let asked = 0
    const keys = rememberedKeys({
      grant: async () => {
        asked += 1
        return grant
      },
      origins: async () => [],
    })
    for (let number = 0; number <= 1000; number += 1) await keys.find(`sk-${number}`)
    await keys.find('sk-1000')
    expect(asked).toBe(1001)
    await keys.find('sk-0')
    expect(asked).toBe(1002)
    keys.forget()
    await keys.find('sk-1000')
    expect(asked).toBe(1003)
  })

  it('forgets no key for any number of guesses', async () => {
    let asked = 0
    const known = await hashKey('sk-known')
    const keys = rememberedKeys({
      grant: async (hash) => {
        asked += 1
        return hash === known ? grant : undefined
      },
      origins: async () => [],
    })
    await keys.find('sk-known')
    for (let number = 0; number < 2000; number += 1) await keys.find(`sk-${number}`)
    expect(asked).toBe(2001)
    expect(await keys.find('sk-known')).toEqual(grant)
    expect(asked).toBe(2001)
  })

  it('finds nothing that was revoked by somebody else, once it asks again', async () => {
    let now = 0
    const { key, keyId, project } = await open()
    const elsewhere = rememberedKeys(directory, () => now)
    expect(await elsewhere.find(key)).toMatchObject({ project })
    expect(await directory.revoke(project, keyId)).toBe(true)
    expect(await directory.revoke(project, keyId)).toBe(false)
    now = 10_000
    expect(await elsewhere.find(key)).toBeUndefined()
  })
})
