import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { thisMachine } from '../../worker/auth/local.ts'
import { durableLive } from '../../worker/store/durable/durable-live.ts'
import { newKey } from '../../worker/auth/keys.ts'
import { change, id, traceId } from '../store/changes.ts'
import { open, store } from './support/subject.ts'

const live = durableLive(env.PROJECT)

const project = () => open({ live, people: thisMachine('mine') })

const OWN = { host: 'localhost:8787', origin: 'http://localhost:8787' }

type Subject = Awaited<ReturnType<typeof open>>

/** As a page does it, or a program with its key. */
function ask({ app, key }: Subject, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${key}`
  return app.request('/v1/live', { headers: { upgrade: 'websocket', authorization, ...headers } })
}

async function listen(subject: Subject) {
  const { status, webSocket } = await ask(subject)
  if (!webSocket) throw new Error(`refused with ${status}`)
  const heard: unknown[] = []
  const waiting: ((value: unknown) => void)[] = []
  webSocket.accept()
  const take = (value: unknown) => {
    const next = waiting.shift()
    if (next) next(value)
    else heard.push(value)
  }
  webSocket.addEventListener('message', ({ data }) => take(data))
  webSocket.addEventListener('close', ({ code }) => take(`closed ${code}`))
  return {
    socket: webSocket,
    next: () =>
      heard.length > 0 ? heard.shift() : new Promise((resolve) => waiting.push(resolve)),
  }
}

const news = (...traces: string[]) => JSON.stringify({ traces, others: false })

describe('GET /v1/live on Workers', () => {
  it('tells which trace was written to, once it can be read', async () => {
    const subject = await project()
    const { socket, next } = await listen(subject)
    await store.write(subject.project, [change(1, { traceId: traceId(1) })])
    expect(await next()).toBe(news(traceId(1)))
    expect(await store.trace(subject.project, traceId(1))).toHaveLength(1)
    socket.close()
  })

  it('says so of what comes by ingest without naming its trace', async () => {
    const subject = await project()
    const { socket, next } = await listen(subject)
    await subject.send({ traces: [{ id: id(1), name: 'a' }] })
    expect(await next()).toBe('{"traces":[],"others":true}')
    socket.close()
  })

  it('tells many writes in few messages', async () => {
    const subject = await project()
    const { socket, next } = await listen(subject)
    for (let number = 1; number <= 30; number += 1) {
      await store.write(subject.project, [change(number, { traceId: traceId(number) })])
    }
    const named: string[] = []
    let messages = 0
    while (named.length < 30) {
      const { traces } = JSON.parse(String(await next()))
      named.push(...traces)
      messages += 1
    }
    expect(new Set(named).size).toBe(30)
    expect(messages).toBeLessThan(30)
    socket.close()
  })

  it('tells who comes of what changed a moment before', async () => {
    const subject = await project()
    await store.write(subject.project, [change(1, { traceId: traceId(1) })])
    const { socket, next } = await listen(subject)
    expect(await next()).toBe(news(traceId(1)))
    socket.close()
  })

  it('tells nobody of another project', async () => {
    const [mine, other] = [await project(), await project()]
    const { socket, next } = await listen(mine)
    await store.write(other.project, [change(1, { traceId: traceId(1) })])
    await store.write(mine.project, [change(2, { traceId: traceId(2) })])
    expect(await next()).toBe(news(traceId(2)))
    socket.close()
  })

  it('answers a ping, and hangs up on who says anything else', async () => {
    const { socket, next } = await listen(await project())
    socket.send('ping')
    expect(await next()).toBe('pong')
    socket.send('x'.repeat(100_000))
    expect(await next()).toBe('closed 1008')
  })

  it.each([
    ['without a key', { host: 'collector.example' }, 403],
    ['with a false key', { authorization: `Bearer ${newKey()}` }, 401],
    ['from a page of another site', { host: 'localhost', origin: 'https://evil.example' }, 403],
    ['from a page without an origin of its own', { host: 'localhost', origin: 'null' }, 403],
    [
      'saying of itself that it is a page of another site',
      { ...OWN, 'sec-fetch-site': 'cross-site' },
      403,
    ],
    ['as anything but a WebSocket', { host: 'localhost', upgrade: '' }, 426],
  ])('is closed to who comes %s', async (_, headers, status) => {
    const { app } = await project()
    const response = await app.request('/v1/live', {
      headers: { upgrade: 'websocket', ...headers },
    })
    expect([response.status, response.webSocket ?? null]).toEqual([status, null])
    await response.body?.cancel()
  })

  it('is closed to a key that may not read', async () => {
    expect((await ask(await open({ live }, ['ingest']))).status).toBe(403)
  })

  it('is open to a page of its own, on a local host without a key', async () => {
    const { app } = await project()
    const headers = { upgrade: 'websocket', ...OWN }
    const { status, webSocket } = await app.request('/v1/live', { headers })
    expect(status).toBe(101)
    webSocket?.accept()
    webSocket?.close()
  })

  it('is not there on a host that has no news', async () => {
    expect((await ask(await open())).status).toBe(404)
  })
})
