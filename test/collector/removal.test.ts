import { describe, expect, it } from 'vitest'
import { change, id, spanId, traceId } from '../store/changes.ts'
import { open, store } from './support/subject.ts'

async function openWithTraces() {
  const subject = await open()
  await store.write(subject.project, [
    change(1, { userId: 'u1', input: 'to forget' }),
    change(2, { parentId: spanId(1), traceId: traceId(1) }),
    change(3, { userId: 'u1' }),
    change(4, { userId: 'u2' }),
  ])
  async function remove(path: string, key = subject.key) {
    const headers = { authorization: `Bearer ${key}` }
    const response = await subject.app.request(path, { method: 'DELETE', headers })
    return { status: response.status, body: await response.json() }
  }
  const left = async () =>
    (await store.list(subject.project, {})).traces.map((trace) => trace.traceId)
  return { ...subject, remove, left }
}

describe('DELETE /v1/traces/:id', () => {
  it('removes a trace with all its steps, and late ones of it', async () => {
    const { remove, left, get, send } = await openWithTraces()
    expect(await remove(`/v1/traces/${traceId(1)}`)).toEqual({
      status: 200,
      body: { traces: 1, spans: 2, more: false },
    })
    expect(await left()).toEqual([traceId(4), traceId(3)])
    expect((await get(`/v1/spans/${id(2)}`)).status).toBe(404)
    const carrot = { v: 1, trace_id: traceId(1), seq: 1 }
    await send({ traces: [{ id: id(2), name: 'late', metadata: { carrot } }] })
    expect(await left()).toEqual([traceId(4), traceId(3)])
  })

  it('404: unknown', async () => {
    const { remove } = await openWithTraces()
    expect(await remove(`/v1/traces/${traceId(9)}`)).toMatchObject({ status: 404 })
  })
})

describe('DELETE /v1/traces', () => {
  it('removes what meets a search: all of a user', async () => {
    const { remove, left } = await openWithTraces()
    expect(await remove('/v1/traces?q=user:u1')).toEqual({
      status: 200,
      body: { traces: 2, spans: 3, more: false },
    })
    expect(await left()).toEqual([traceId(4)])
    expect(await remove('/v1/traces?q=user:u1')).toMatchObject({ body: { traces: 0, spans: 0 } })
  })

  it('400: everything', async () => {
    const { remove, left } = await openWithTraces()
    expect(await remove('/v1/traces')).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('what is to be removed must be said') },
    })
    expect(await left()).toHaveLength(3)
  })
})
