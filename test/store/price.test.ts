import { describe, expect, it } from 'vitest'
import { nodeDriver } from '../../worker/node/node-driver.ts'
import type { Pricing } from '../../worker/store/price.ts'
import { type ProjectStore, sqliteStore } from '../../worker/store/sqlite/sqlite.ts'
import { change, child, START_US, traceId } from './changes.ts'

/** So much a token that was written; of the model `free` nothing is known. */
const perToken =
  (nano: number): Pricing =>
  (rules) =>
  ({ model, outputTokens }) => {
    const rule = rules.find((one) => one.model === model)
    const known = rule === undefined ? nano : rule.output * 1000
    const isKnown = model !== null && (model !== 'free' || rule !== undefined)
    return isKnown && outputTokens !== null ? outputTokens * known : null
  }

const call = { model: 'm', inputTokens: 1, outputTokens: 10 }
const CHANGES = [
  change(1, { status: 'success' }),
  child(11, 1, { ...call, traceId: traceId(1) }),
  child(12, 1, { ...call, outputTokens: 20, traceId: traceId(1) }),
  child(13, 1, { ...call, model: 'free', traceId: traceId(1) }),
  change(2, { ...call, outputTokens: 500 }),
  change(3, { model: 'free', inputTokens: 5 }),
]

const costs = async (store: ProjectStore) =>
  (await store.list({ sort: 'cost' })).traces.map((trace) => [
    Number.parseInt(trace.traceId.slice(-4), 16),
    trace.costNano,
    trace.costMissing,
  ])

const DAY = { of: 'calls', fromUs: START_US, toUs: START_US + 1000, stepUs: 1000 } as const

describe('costs', () => {
  it('are kept with each call and each trace, and unknown is never 0', async () => {
    using driver = nodeDriver()
    const store = sqliteStore(driver, { price: perToken(3) })
    await store.write(CHANGES)
    expect(await costs(store)).toEqual([
      [2, 1500, 0],
      [1, 90, 1],
      [3, null, 1],
    ])
    const spans = await store.trace(traceId(1))
    expect(spans.map(({ costNano }) => costNano)).toEqual([null, 30, 60, null])
    expect((await store.list({ terms: [{ field: 'cost', is: '>', value: 90 }] })).traces).toEqual([
      expect.objectContaining({ traceId: traceId(2) }),
    ])
    expect((await store.sum({ ...DAY, by: 'model' })).buckets).toMatchObject([
      { group: 'free', count: 2, priced: 0, costNano: 0 },
      { group: 'm', count: 3, priced: 3, costNano: 1590 },
    ])
  })

  it('are computed when the last of what they need is told', async () => {
    using driver = nodeDriver()
    const store = sqliteStore(driver, { price: perToken(3) })
    await store.write([change(1, { outputTokens: 10 })])
    await store.write([change(1, { model: 'm' })])
    expect(await costs(store)).toEqual([[1, 30, 0]])
  })

  it('are computed again when the prices are others, a slice at a time', async () => {
    using driver = nodeDriver()
    const many = Array.from({ length: 500 }, (_, index) => change(100 + index, call))
    await sqliteStore(driver, { price: perToken(3), prices: 'old' }).write([...CHANGES, ...many])

    const store = sqliteStore(driver, { price: perToken(5), prices: 'new' })
    let slices = 0
    while (await store.tend()) slices += 1
    expect(slices).toBeGreaterThan(2)
    const [first, second] = await costs(store)
    expect([first, second]).toEqual([
      [2, 2500, 0],
      [1, 150, 1],
    ])
    expect((await store.sum(DAY)).buckets[0]?.costNano).toBe(2500 + 150 + 500 * 50)
    expect(await store.tend()).toBe(false)
  })

  it('are computed again when the project sets prices of its own', async () => {
    using driver = nodeDriver()
    const store = sqliteStore(driver, { price: perToken(3), prices: 'same' })
    await store.write(CHANGES)
    await store.configure({ priceRules: [{ model: 'free', input: 0, output: 1 }] })
    await store.write([change(4, { model: 'free', outputTokens: 7 })])
    expect((await store.trace(traceId(4)))[0]?.costNano).toBe(7000)
    while (await store.tend());
    expect(await costs(store)).toEqual([
      [1, 90 + 10_000, 0],
      [4, 7000, 0],
      [2, 1500, 0],
      [3, null, 1],
    ])

    const reopened = sqliteStore(driver, { price: perToken(3), prices: 'same' })
    await reopened.configure({ priceRules: [] })
    while (await reopened.tend());
    expect((await costs(reopened))[0]).toEqual([2, 1500, 0])
  })

  it('stay as they are while the prices do', async () => {
    using driver = nodeDriver()
    await sqliteStore(driver, { price: perToken(3), prices: 'same' }).write(CHANGES)
    const store = sqliteStore(driver, { price: perToken(99), prices: 'same' })
    while (await store.tend());
    expect((await costs(store))[0]).toEqual([2, 1500, 0])
  })
})
