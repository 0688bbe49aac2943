import { describe, expect, it } from 'vitest'
import { id, row, spanOf } from '../store/changes.ts'
import { RECORDS } from './record-cases.ts'
import { BATCHES, REQUESTS } from './request-cases.ts'
import { gzip, open, store } from './support/subject.ts'

const MEGABYTE = 1024 * 1024

describe('POST /v1/traces/ingest', () => {
  it.each([...REQUESTS, ...RECORDS, ...BATCHES])(
    '$status: $name',
    async ({ body, headers, status, reply }) => {
      const { send } = await open()
      const answer = await send(body, headers)
      expect({ status: answer.status, body: answer.body }).toEqual({ status, body: reply })
    },
  )

  it('takes gzip', async () => {
    const { send } = await open()
    const body = await gzip(JSON.stringify({ traces: [{ id: id(1) }] }))
    expect(await send(body, { 'content-encoding': 'gzip' })).toMatchObject({
      status: 202,
      body: { traces: [{ id: id(1) }], errors: [] },
    })
  })

  it.each<[string, () => Promise<Uint8Array>, string]>([
    ['11 MB', async () => new Uint8Array(11 * MEGABYTE), 'identity'],
    ['one byte more than 10 MB', async () => new Uint8Array(10 * MEGABYTE + 1), 'identity'],
    ['11 MB in gzip', () => gzip(new Uint8Array(11 * MEGABYTE)), 'gzip'],
    ['100 MB in gzip of 100 kB', () => gzip(new Uint8Array(100 * MEGABYTE)), 'gzip'],
  ])('413: %s', async (_, body, encoding) => {
    const { send } = await open()
    const answer = await send(await body(), { 'content-encoding': encoding })
    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 413,
      body: { error: 'the body may have 10,485,760 bytes, found more' },
    })
  })

  it('stops reading a body without end at the limit', async () => {
    const { send } = await open()
    let sent = 0
    const endless = new ReadableStream({
      type: 'bytes',
      pull(controller) {
        sent += MEGABYTE
        controller.enqueue(new Uint8Array(MEGABYTE))
      },
    })
    expect(await send(endless)).toMatchObject({ status: 413 })
    expect(sent).toBeLessThan(13 * MEGABYTE)
  })

  it.each<[string, (packed: Uint8Array) => Uint8Array]>([
    ['truncated gzip', (packed) => packed.slice(0, -9)],
    ['broken gzip', (packed) => packed.map((byte, index) => (index === 20 ? byte ^ 255 : byte))],
    ['nothing that says gzip', () => new Uint8Array()],
  ])('400: %s', async (_, damage) => {
    const { send } = await open()
    const packed = await gzip(JSON.stringify({ traces: [{ id: id(1), name: 'a name' }] }))
    expect(await send(damage(packed), { 'content-encoding': 'gzip' })).toMatchObject({
      status: 400,
      body: { error: 'the body is not valid gzip' },
    })
  })

  it('400: bytes that are no UTF-8', async () => {
    const { send } = await open()
    const body = new Uint8Array([
      ...new TextEncoder().encode('{"traces":[{"name":"'),
      0xff,
      0xfe,
      34,
      125,
      93,
      125,
    ])
    expect(await send(body)).toMatchObject({
      status: 400,
      body: { error: 'the body is not valid UTF-8' },
    })
  })

  it('stores nothing of a request that it refuses', async () => {
    const { send, project } = await open()
    await send({ traces: [{ id: 'x' }] })
    await send({ traces: Array.from({ length: 101 }, (_, index) => ({ id: id(index) })) })
    await send('{"traces":[{}')
    expect(await store.list(project, {})).toEqual({ traces: [] })
  })

  it('merges calls for one id, and takes running for a status not told', async () => {
    const { send, project } = await open()
    await send({
      traces: [
        {
          id: id(1),
          name: 'a',
          input: 'q',
          metadata: { a: 1, b: 1 },
          started_at: '2026-01-01T00:00:00.000001Z',
        },
      ],
    })
    expect((await spanOf(store, project, id(1)))?.status).toBe('running')
    await send({
      traces: [{ id: id(1), name: null, output: 'r', status: 'success', metadata: { b: 2 } }],
    })
    await send({ traces: [{ id: id(1), tags: ['t'] }] })
    expect(await spanOf(store, project, id(1))).toEqual({
      ...row(1, { name: 'a', status: 'success', metadata: { a: 1, b: 2 }, tags: ['t'] }),
      input: 'q',
      output: 'r',
    })
  })

  it('503 and a time to wait when the store fails, without a word of what was captured', async () => {
    const write = () => Promise.reject(new TypeError('SQLITE_FULL near "secret"'))
    const { send, failures } = await open({ store: { ...store, write } })
    const answer = await send({ traces: [{ input: 'secret' }] })
    expect({
      status: answer.status,
      body: answer.body,
      wait: answer.headers.get('retry-after'),
    }).toEqual({
      status: 503,
      body: { error: 'the traces could not be stored now; send them again later' },
      wait: '5',
    })
    expect(failures).toEqual([
      {
        event: 'ingest failed',
        cause: 'TypeError',
        requestId: answer.headers.get('x-request-id'),
      },
    ])
  })

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('405: %s', async (method) => {
    const { app } = await open()
    const response = await app.request('/v1/traces/ingest', { method })
    expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({
      status: 405,
      allow: 'POST',
    })
  })
})
