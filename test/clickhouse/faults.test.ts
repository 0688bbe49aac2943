/** What goes wrong between a store and its engine. */

import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { change, child, id, traceId } from '../store/changes.ts'
import { everything } from '../store/everything.ts'
import { type Clickhouse, startClickhouse } from '../support/clickhouse.ts'
import { describeOnEngine, newProject, storeOn } from './store.ts'

const SECRET = 'a secret that was captured'
const BATCH = [change(1, { name: SECRET, input: SECRET, tags: ['a'] }), child(2, 1)]

/** A server in the place of ClickHouse. */
async function standIn(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const WAYS: [name: string, answer: RequestListener, expected: RegExp][] = [
  ['hangs', () => {}, /timeout/i],
  ['closes the connection', (request) => request.socket.destroy(), /fetch failed/],
  [
    'refuses, and repeats what it was given',
    (_, response) =>
      response
        .writeHead(500, { 'x-clickhouse-exception-code': '241' })
        .end(`Code: 241. DB::Exception: '${SECRET}' (MEMORY_LIMIT_EXCEEDED)`),
    /^ClickHouse answered 500, error 241 MEMORY_LIMIT_EXCEEDED$/,
  ],
  ['is a page', (_, response) => response.end('<html>hello</html>'), /not valid JSON|Unexpected/],
  [
    'leads elsewhere',
    (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    /^ClickHouse answered 302$/,
  ],
]

describe('a ClickHouse that', () => {
  it.each(WAYS)('%s takes nothing, and says so', async (_, answer, expected) => {
    await using server = await standIn(answer)
    const store = storeOn(server, { timeoutMs: 300 })
    const failure = await store.write(newProject(), BATCH).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(String(Object(failure).message)).toMatch(expected)
    expect(String(Object(failure).message)).not.toContain(SECRET)
  })

  it('is not there takes nothing, and says so', async () => {
    const store = storeOn({ url: 'http://127.0.0.1:1' })
    await expect(store.list('p', {})).rejects.toThrow('fetch failed')
  })

  it('would need a database of another name is not asked', () => {
    expect(() => storeOn({ url: 'http://127.0.0.1:1' }, { database: 'a; DROP' })).toThrow(
      'letters, digits and _ alone',
    )
  })
})

describeOnEngine('a store on a real engine', () => {
  let server: Clickhouse
  beforeAll(async () => {
    server = await startClickhouse()
    await storeOn(server).list('nobody', {})
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('is refused with a wrong password, and let in with the right one', async () => {
    const wrong = storeOn(server, { password: 'wrong' })
    await expect(wrong.list('p', {})).rejects.toThrow('ClickHouse answered 403, error 516')
  })

  it('asks again for the schema after a first question that failed', async () => {
    let fails = true
    const store = storeOn(server, {
      fetch: (url, init) => (fails ? Promise.reject(new Error('down')) : fetch(url, init)),
    })
    await expect(store.list('p', {})).rejects.toThrow('down')
    fails = false
    expect(await store.list(newProject(), {})).toEqual({ traces: [] })
  })

  it('comes to the same, whichever reply was lost, when the batch is sent again', async () => {
    const whole = newProject()
    await storeOn(server).write(whole, BATCH)
    const expected = await everything(storeOn(server), whole)

    for (let lost = 1; ; lost += 1) {
      const project = newProject()
      let sent = 0
      const store = storeOn(server, {
        fetch: async (url, init) => {
          const response = await fetch(url, init)
          sent += 1
          if (sent !== lost) return response
          await response.text()
          throw new Error('the reply was lost')
        },
      })
      const failed = await store.write(project, BATCH).then(
        () => false,
        () => true,
      )
      if (!failed) {
        expect(lost).toBeGreaterThan(8)
        break
      }
      await store.write(project, BATCH)
      expect(await everything(store, project)).toEqual(expected)
    }
  })

  it('waits for what others send only where it is told to, and answers when it is durable', async () => {
    const project = newProject()
    const store = storeOn(server, { settings: {} })
    await store.write(project, [change(1, { name: 'together' })])
    expect(await store.list(project, {})).toMatchObject({ traces: [{ name: 'together' }] })
  })
})

describeOnEngine('an engine that is killed while it is written to', () => {
  it('has all that was accepted when it is back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carrot-clickhouse-'))
    try {
      const first = await startClickhouse(folder)
      const project = newProject()
      const store = storeOn(first)
      await store.list(project, {})
      const accepted: number[] = []
      const enough = Promise.withResolvers<void>()
      async function writer(from: number): Promise<void> {
        for (let number = from; ; number += 2) {
          await store.write(project, [
            change(number, { name: `step ${number}`, input: 'x'.repeat(2000) }),
          ])
          accepted.push(number)
          if (accepted.length === 12) enough.resolve()
        }
      }
      const writers = Promise.allSettled([writer(1), writer(2)])
      await enough.promise
      await first.kill()
      const ends = await writers
      expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected'])

      await using second = await startClickhouse(folder)
      const back = storeOn(second)
      const spans = await back.spans(project, accepted.map(id))
      expect(spans.map((span) => [span.name, span.input])).toEqual(
        accepted.map((number) => [`step ${number}`, 'x'.repeat(2000)]),
      )
      const { traces } = await back.list(project, { limit: 200 })
      expect(traces.map((trace) => trace.traceId)).toEqual(
        expect.arrayContaining(accepted.map(traceId)),
      )
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
