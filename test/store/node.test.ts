import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nodeDriver } from '../../worker/node/node-driver.ts'
import { rowsOf } from '../../worker/store/sqlite/driver.ts'
import { sqliteStore } from '../../worker/store/sqlite/sqlite.ts'
import { change, id, row, spanId, START_US, summary, traceId } from './changes.ts'
import { storeContract } from './contract.ts'
import { memoryStore } from './node-store.ts'

const store = memoryStore()
storeContract('SQLite of Node', () => store, 50)

describe('a database file', () => {
  it('has everything after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carrot-'))
    const path = join(folder, 'spans.sqlite')
    try {
      {
        using driver = nodeDriver(path)
        const input = 'x'.repeat(500_000)
        await sqliteStore(driver).write([change(2, { parentId: spanId(1), input })])
      }
      {
        using driver = nodeDriver(path)
        const reopened = sqliteStore(driver)
        await reopened.write([change(1, { name: 'root' })])
        expect(await reopened.list({})).toEqual({
          traces: [summary(1, { name: 'root', spanCount: 2 })],
        })
        expect(await reopened.spans([id(2)])).toEqual([
          {
            ...row(2, { traceId: traceId(1), parentId: spanId(1), kind: 'task', name: 'task' }),
            input: 'x'.repeat(500_000),
            output: null,
          },
        ])
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('has all of a batch or nothing', async () => {
    using driver = nodeDriver()
    const opened = sqliteStore(driver)
    const broken = { ...change(2), seq: 0.5 } // no integer: the table refuses it
    await expect(opened.write([change(1), broken])).rejects.toThrow('seq')
    expect(await opened.list({})).toEqual({ traces: [] })
    expect(await rowsOf(driver, 'SELECT count(*) AS spans FROM span')).toEqual([{ spans: 0 }])
  })

  it('takes the batches of others that wait with one that cannot be written', async () => {
    using driver = nodeDriver()
    const opened = sqliteStore(driver)
    const results = await Promise.allSettled([
      opened.write([change(1)]),
      opened.write([{ ...change(2), seq: 0.5 }]),
      opened.write([change(3)]),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((await opened.list({})).traces.map((trace) => trace.traceId)).toEqual([
      traceId(3),
      traceId(1),
    ])
  })

  it('is not written to by a repeated batch', async () => {
    using driver = nodeDriver()
    const opened = sqliteStore(driver)
    const batch = [
      change(1, { input: 'x'.repeat(50_000), tags: ['a'], metadata: { a: 1 } }),
      change(2, { parentId: spanId(1) }),
    ]
    const written = () => rowsOf(driver, 'SELECT total_changes() AS rows')
    await opened.write(batch)
    const once = await written()
    await opened.write(batch)
    expect(await written()).toEqual(once)
  })

  it('merges what two programs write to one file at the same time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carrot-'))
    const path = join(folder, 'spans.sqlite')
    try {
      using one = nodeDriver(path)
      using other = nodeDriver(path)
      const stores = [sqliteStore(one), sqliteStore(other)]
      await stores[0]?.list({})
      const parts = Array.from({ length: 20 }, (_, index) => index)
      await Promise.all(
        parts.map((part) => stores[part % 2]?.write([change(1, { metadata: { [part]: part } })])),
      )
      const [span] = (await stores[0]?.spans([id(1)])) ?? []
      expect(span?.metadata).toEqual(Object.fromEntries(parts.map((part) => [part, part])))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a long text', () => {
  const pieces = (driver: Parameters<typeof rowsOf>[0]) =>
    rowsOf<{ pieces: number; bytes: number }>(
      driver,
      'SELECT count(*) AS pieces, coalesce(sum(length(data)), 0) AS bytes FROM piece',
    )

  it('is kept once for all that say it, and gone with the last of them', async () => {
    using driver = nodeDriver()
    const opened = sqliteStore(driver)
    const long = Array.from({ length: 20_000 }, (_, index) => `word ${index}`).join(' ')
    await opened.write([change(1, { input: long, metadata: { long } })])
    const once = await pieces(driver)
    await opened.write([change(2, { input: long }), change(3, { output: long })])
    expect(await pieces(driver)).toEqual(once)
    expect((await opened.spans([id(3)]))[0]?.output).toBe(long)

    await opened.write([change(1, { input: 'short', metadata: { long: 'short' } })])
    await opened.remove({ traces: [traceId(2)] })
    expect((await opened.spans([id(3)]))[0]?.output).toBe(long)
    await opened.remove({ beforeUs: START_US + 100 })
    expect(await pieces(driver)).toEqual([{ pieces: 0, bytes: 0 }])
  })

  it('costs a conversation what each turn adds, and not what it repeats', async () => {
    using driver = nodeDriver()
    const opened = sqliteStore(driver)
    const words = chance()
    const turns = Array.from({ length: 120 }, () =>
      Array.from({ length: 150 }, () => words().toString(36)).join(' '),
    )
    const messages = (turn: number) =>
      turns.slice(0, turn).map((content) => ({ role: 'user', content }))
    const kept: number[] = []
    for (let turn = 1; turn <= turns.length; turn += 1) {
      await opened.write([change(turn, { input: { messages: messages(turn) } })])
      const [{ bytes } = { bytes: 0 }] = await pieces(driver)
      kept.push(bytes)
    }
    const [half = 0, whole = 0] = [kept[59], kept[119]]
    // Twice as many turns send four times as much.
    expect(whole / half).toBeLessThan(2.4)
    expect((await opened.spans([id(120)]))[0]?.input).toEqual({ messages: messages(120) })
  })
})

/** Numbers without a pattern, the same every time. */
function chance(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return state >>> 8
  }
}
