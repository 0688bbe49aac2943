import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { durableStore } from '../../worker/store/durable/durable.ts'
import { change, row, spanId, spanOf, traceId } from '../store/changes.ts'
import { storeContract } from '../store/contract.ts'
import { everything } from '../store/everything.ts'

const store = durableStore(env.PROJECT)
storeContract('SQLite of a Durable Object', () => store, 10)

describe('durableStore', () => {
  it('has everything after its object was evicted', async () => {
    const project = `test-${crypto.randomUUID()}`
    await store.write(project, [
      change(1, { name: 'root', tags: ['a'], input: 'x'.repeat(500_000) }),
    ])
    const before = await everything(store, project)
    await evictDurableObject(env.PROJECT.get(env.PROJECT.idFromName(project)))
    expect(await everything(store, project)).toEqual(before)
  })

  it('gives a trace that is longer than one message between objects may be', async () => {
    const project = `test-${crypto.randomUUID()}`
    const steps = Array.from({ length: 36 }, (_, index) => ({
      traceId: traceId(1),
      metadata: { notes: `${index} `.padEnd(1_000_000, 'x') },
    }))
    for (const [index, step] of steps.entries()) {
      await store.write(project, [change(index + 1, step)])
    }
    const spans = await store.trace(project, traceId(1))
    expect(spans.map(({ metadata }) => metadata)).toEqual(steps.map(({ metadata }) => metadata))
  })

  it('takes the largest batch that a request can hold, whatever it is made of', async () => {
    const project = `test-${crypto.randomUUID()}`
    const numbers = Array.from({ length: 3_400_000 }, () => -0) // 3 bytes as JSON, 9 on the way
    await store.write(project, [change(1, { input: numbers })])
    expect((await spanOf(store, project, row(1).id))?.input).toHaveLength(3_400_000)
  })

  it('shows 1,000 steps of one trace', async () => {
    const project = `test-${crypto.randomUUID()}`
    const steps = Array.from({ length: 999 }, (_, index) =>
      change(index + 2, { parentId: spanId(1), metadata: { index } }),
    )
    await store.write(project, [change(1), ...steps])
    expect(await store.trace(project, traceId(1))).toHaveLength(1000)
    expect((await store.list(project, {})).traces[0]?.spanCount).toBe(1000)
  })
})
