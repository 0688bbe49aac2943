import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { directoryKeys, theDirectory } from '../../worker/auth/directory-object.ts'
import { hashKey, newKey, rememberedKeys, type Scope } from '../../worker/auth/keys.ts'
import { id, spanOf, traceId } from '../store/changes.ts'
import { open, store } from './support/subject.ts'

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
    ['no key', () => ({ authorization: '' })],
    ['an unknown key', () => ({ authorization: `Bearer ${newKey()}` })],
    ['a part of the key', (key) => ({ authorization: `Bearer ${key.slice(0, -1)}` })],
    ['the hash of the key', () => ({ authorization: `Bearer ${'0'.repeat(64)}` })],
    ['another scheme', (key) => ({ authorization: `Basic ${key}` })],
    ['the bare key', (key) => ({ authorization: key })],
    ['another header', (key) => ({ authorization: '', 'x-api-key': key })],
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
    const { status, body } = await get('/v1/traces', headers(key))
    expect({ status, body }).toEqual({
      status: 401,
      body: { title: 'Not authenticated', status: 401, detail: UNKNOWN },
    })
  })

  it('401: a key in the address', async () => {
    const { key, get } = await open()
    expect(await get(`/v1/traces?key=${key}`, {})).toMatchObject({ status: 401 })
  })

  it.each<[Scope[], number, number]>([
    [['ingest'], 202, 403],
    [['read'], 403, 200],
    [['ingest', 'read'], 202, 200],
    [['admin'], 403, 403],
    [[], 403, 403],
  ])('opens what its scopes name: %j', async (scopes, ingest, read) => {
    const { send, get } = await open({}, scopes)
    expect({
      ingest: (await send({ traces: [{}] })).status,
      read: (await get('/v1/traces')).status,
    }).toEqual({ ingest, read })
  })

  it('says which scope is missing', async () => {
    const { get } = await open({}, ['ingest'])
    expect(await get('/v1/traces')).toMatchObject({
      body: { status: 403, detail: 'this API key does not have the scope `read`' },
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
  })

  it('opens nothing any more once revoked', async () => {
    const { key, keyId } = await open()
    const directory = theDirectory(env.DIRECTORY)
    expect(await directory.revoke(keyId)).toBe(true)
    expect(await directory.revoke(keyId)).toBe(false)
    expect(await directoryKeys(env.DIRECTORY, undefined).find(key)).toBeUndefined()
  })
})

describe('rememberedKeys', () => {
  it('asks once a minute for a key, and each time for one that is unknown', async () => {
    let now = 0
    const asked: string[] = []
    const grant = { project: 'p', scopes: [] }
    const known = await hashKey('sk-known')
    const keys = rememberedKeys(
      async (hash) => {
        asked.push(hash === known ? 'known' : 'unknown')
        return hash === known ? grant : undefined
      },
      () => now,
    )
    for (now of [0, 59_999, 60_000, 60_001]) {
      expect(await keys.find('sk-known')).toEqual(grant)
      expect(await keys.find('sk-other')).toBeUndefined()
    }
    expect(asked.filter((each) => each === 'known')).toHaveLength(2)
    expect(asked.filter((each) => each === 'unknown')).toHaveLength(4)
  })

  it('forgets the oldest of more than a thousand', async () => {
    let asked = 0
    const keys = rememberedKeys(async () => {
      asked += 1
      return { project: 'p', scopes: [] }
    })
    for (let number = 0; number <= 1000; number += 1) await keys.find(`sk-${number}`)
    await keys.find('sk-1000')
    expect(asked).toBe(1001)
    await keys.find('sk-0')
    expect(asked).toBe(1002)
  })
})
