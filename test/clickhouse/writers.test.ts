/** Writers that know nothing of each other: another store each, as two Workers are. */

import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SpanChange, Store } from '../../worker/store/store.ts'
import { change, child, id, spanId, START_US, traceId } from '../store/changes.ts'
import { everything, shuffled } from '../store/everything.ts'
import { type Clickhouse, startClickhouse } from '../support/clickhouse.ts'
import { describeOnEngine, newProject, sentOf, storeOn } from './store.ts'

describeOnEngine('two writers at once', () => {
  let server: Clickhouse
  let stores: [Store, Store]
  beforeAll(async () => {
    server = await startClickhouse()
    stores = [storeOn(server), storeOn(server)]
    await Promise.all(stores.map((store) => store.list('nobody', {}))) // both bring it up to date
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('both count, whatever each says of a span', async () => {
    const project = newProject()
    const parts = Array.from({ length: 20 }, (_, index) => index)
    await Promise.all(
      parts.map((part) =>
        stores[part % 2 === 0 ? 0 : 1].write(project, [
          change(1, { metadata: { [part]: part }, tags: ['t'], seq: part }),
        ]),
      ),
    )
    const [span] = await stores[0].spans(project, [id(1)])
    expect(span?.metadata).toEqual(Object.fromEntries(parts.map((part) => [part, part])))
    const { traces } = await stores[1].list(project, {})
    expect(traces).toMatchObject([{ traceId: traceId(1), spanCount: 1 }])
  })

  it('come to what one writer comes to, in whatever steps they meet', async () => {
    const parent = fc.nat({ max: 4 })
    const said = fc.record({
      number: fc.integer({ min: 1, max: 4 }),
      parent,
      named: fc.nat({ max: 5 }),
      tag: fc.nat({ max: 3 }),
      isEnd: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(said, {
          minLength: 2,
          maxLength: 7,
          // One story a span: what two say of the same time has no order.
          selector: ({ number, isEnd }) => `${number} ${isEnd}`,
        }),
        fc.infiniteStream(fc.nat()),
        async (all, chance) => {
          const places = new Map(all.map((one) => [one.number, one]))
          const changes = all.map(({ number, tag, isEnd }): SpanChange => {
            const place = places.get(number)
            return change(number, {
              parentId: place === undefined || place.parent === 0 ? null : spanId(place.parent),
              traceId: place?.named === 0 ? traceId(9) : null,
              seq: isEnd ? 1 : 0,
              status: isEnd ? 'success' : 'running',
              endUs: isEnd ? START_US + 100 : null,
              ...(isEnd ? { tags: [`t${tag}`], output: 'out' } : { input: 'in' }),
            })
          })
          const [alone, together] = [newProject(), newProject()]
          await stores[0].write(alone, changes)
          await Promise.all(
            shuffled(changes, chance).map((one, index) =>
              stores[index % 2 === 0 ? 0 : 1].write(together, [one]),
            ),
          )
          expect(await everything(stores[0], together)).toEqual(await everything(stores[0], alone))
        },
      ),
      { numRuns: 12 },
    )
  })

  it.each(['change', 'span', 'trace'])(
    'both count where one is held up before it writes to %s',
    async (table) => {
      const project = newProject()
      const held = Promise.withResolvers<void>()
      const reached = Promise.withResolvers<void>()
      const slow = storeOn(server, {
        fetch: async (url, init) => {
          if (sentOf(url, init).text.startsWith(`INSERT INTO ${table}`)) {
            reached.resolve()
            await held.promise
          }
          return fetch(url, init)
        },
      })
      await stores[0].write(project, [change(1, { seq: 0, name: 'root', input: 'question' })])
      const late = slow.write(project, [
        change(1, { seq: 1, status: 'success', endUs: START_US + 50, metadata: { slow: true } }),
        child(2, 1, { name: 'child of the slow' }),
      ])
      await reached.promise
      await stores[0].write(project, [
        change(1, { seq: 2, output: 'answer', metadata: { quick: true } }),
        child(3, 1, { name: 'child of the quick' }),
      ])
      held.resolve()
      await late
      const [span] = await stores[1].spans(project, [id(1)])
      expect(span).toMatchObject({
        name: 'root',
        status: 'success',
        metadata: { slow: true, quick: true },
        input: 'question',
        output: 'answer',
      })
      expect(await stores[1].list(project, {})).toMatchObject({
        traces: [{ traceId: traceId(1), spanCount: 3, status: 'success' }],
      })
    },
  )

  it('leave nothing of a trace that is removed while one of them writes to it', async () => {
    const project = newProject()
    const held = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    const slow = storeOn(server, {
      fetch: async (url, init) => {
        if (sentOf(url, init).text.startsWith('INSERT INTO span')) {
          reached.resolve()
          await held.promise
        }
        return fetch(url, init)
      },
    })
    await stores[0].write(project, [change(1)])
    const late = slow.write(project, [child(2, 1, { traceId: traceId(1), input: 'late' })])
    await reached.promise
    await stores[0].remove(project, { traces: [traceId(1)] })
    held.resolve()
    await late
    expect(await stores[0].list(project, {})).toEqual({ traces: [] })
    expect(await stores[0].spans(project, [id(2)])).toEqual([])
  })
})
