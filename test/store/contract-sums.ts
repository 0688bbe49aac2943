/** Sums over time, and what there is to filter by. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { percentile } from '../../worker/store/histogram.ts'
import { GROWTH, type SumQuery } from '../../worker/store/query.ts'
import { sumAll } from '../../worker/store/sum-all.ts'
import { change, child, START_US, traceId } from './changes.ts'
import type { Subject } from './contract.ts'

const DAY_US = 86_400_000_000
const DAY: SumQuery = {
  of: 'calls',
  fromUs: START_US,
  toUs: START_US + DAY_US,
  stepUs: DAY_US,
}

export function sumsContract(subject: () => Subject): void {
  describe('sum', () => {
    it('has buckets at multiples of their width, also before 1970', async () => {
      const { store, project } = subject()
      await store.write(project, [
        change(1, { model: 'm', startUs: -1 }),
        change(2, { model: 'm', startUs: 0 }),
        change(3, { model: 'm', startUs: 9 }),
        change(4, { model: 'm', startUs: 10 }),
      ])
      const { buckets } = await store.sum(project, { ...DAY, fromUs: -20, toUs: 10, stepUs: 10 })
      expect(buckets.map(({ startUs, count }) => [startUs, count])).toEqual([
        [-10, 1],
        [0, 2],
      ])
    })

    it('knows what is unknown', async () => {
      const { store, project } = subject()
      await store.write(project, [change(1, { model: 'm' }), child(2, 1, { kind: 'generation' })])
      expect((await store.sum(project, DAY)).buckets).toEqual([
        {
          startUs: START_US,
          group: null,
          count: 2,
          errors: 0,
          priced: 0,
          costNano: 0,
          inputTokens: 0,
          outputTokens: 0,
          latency: [],
          firstText: [],
        },
      ])
      expect(await store.sum(subject().project, DAY)).toEqual({ buckets: [] })
    })

    it('adds up calls as they are now, however often they were written', async () => {
      const { store, project } = subject()
      const call = { model: 'm', inputTokens: 3, outputTokens: 4 }
      await store.write(project, [change(1, { ...call, seq: 0 })])
      await store.write(project, [change(1, { ...call, seq: 1, inputTokens: 5, status: 'error' })])
      await store.write(project, [change(1, { ...call, seq: 0 })])
      const [bucket] = (await store.sum(project, DAY)).buckets
      expect(bucket).toMatchObject({ count: 1, errors: 1, inputTokens: 5, outputTokens: 4 })
    })

    it('tells groups apart, and gives back any name', async () => {
      const { store, project } = subject()
      const names = ['', 'a', 'NUL \u0000', 'lone \uD800', "'; DROP TABLE span; --"]
      await store.write(project, [
        ...names.map((model, index) => change(index + 1, { model })),
        change(99, { kind: 'generation' }),
      ])
      const { buckets } = await store.sum(project, { ...DAY, by: 'model' })
      expect(new Set(buckets.map(({ group }) => group))).toEqual(new Set([null, ...names]))
    })

    it('counts a call for each tag of its trace, and those without one by themselves', async () => {
      const { store, project } = subject()
      const call = { kind: 'generation', traceId: traceId(1), inputTokens: 5 } as const
      await store.write(project, [
        change(1, { name: 'root', tags: ['a', 'b'] }),
        child(2, 1, { ...call, tags: ['b'], status: 'error' }),
        child(3, 1, { ...call, model: 'm' }),
        change(4, { model: 'm' }),
        change(5, { model: 'm', tags: ['lone \uD800'] }),
        change(6, { name: 'no call', tags: ['c'] }),
      ])
      const groups = async (more: Partial<SumQuery> = {}) =>
        (await store.sum(project, { ...DAY, by: 'tag', ...more })).buckets.map(
          ({ group, count, errors, inputTokens }) => [group, count, errors, inputTokens],
        )
      expect(await groups()).toEqual([
        [null, 1, 0, 0],
        ['a', 2, 1, 10],
        ['b', 2, 1, 10],
        ['lone \uD800', 1, 0, 0],
      ])
      expect(await groups({ terms: [{ field: 'tag', values: ['a'] }] })).toHaveLength(2)
      expect(await groups({ terms: [{ field: 'model', values: ['m'] }] })).toHaveLength(4)
    })

    it('has percentiles that are right within the width of a class', async () => {
      const { store, project } = subject()
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 1, max: 3_600_000_000 }), { minLength: 1, maxLength: 50 }),
          async (durations) => {
            const { project: own } = subject()
            await store.write(
              own,
              durations.map((duration, index) =>
                change(index + 1, {
                  status: 'success',
                  startUs: START_US,
                  endUs: START_US + duration,
                  parentId: null,
                }),
              ),
            )
            const { buckets } = await store.sum(own, { ...DAY, of: 'traces' })
            const sorted = durations.toSorted((one, other) => one - other)
            for (const share of [0.5, 0.9, 0.99]) {
              const exact = sorted[Math.ceil(sorted.length * share) - 1] ?? 0
              const found = percentile(buckets[0]?.latency ?? [], share) ?? 0
              expect(found / exact).toBeGreaterThan(1 / Math.sqrt(GROWTH) - 0.001)
              expect(found / exact).toBeLessThan(Math.sqrt(GROWTH) + 0.001)
            }
          },
        ),
        { numRuns: 10 },
      )
      expect(await store.sum(project, DAY)).toEqual({ buckets: [] })
    })

    it('is the same in one piece and bucket by bucket', async () => {
      const { store, project } = subject()
      const hour = DAY_US / 24
      await store.write(
        project,
        Array.from({ length: 48 }, (_, index) =>
          change(index + 1, {
            model: index % 3 === 0 ? 'a' : 'b',
            startUs: START_US + index * (hour / 2),
            endUs: START_US + index * (hour / 2) + index * 1000,
            inputTokens: index,
          }),
        ),
      )
      const query: SumQuery = { ...DAY, stepUs: hour, by: 'model' }
      const whole = await sumAll(store, project, query)
      const parts = await Promise.all(
        Array.from({ length: 24 }, (_, index) =>
          store.sum(project, {
            ...query,
            fromUs: START_US + index * hour,
            toUs: START_US + (index + 1) * hour,
          }),
        ),
      )
      expect(parts.flatMap(({ buckets }) => buckets)).toEqual(whole.buckets)
    })
  })

  describe('facets', () => {
    it('count the traces that have a value, the most common first', async () => {
      const { store, project } = subject()
      await store.write(project, [
        change(1, { tags: ['a', 'b'], model: 'm', status: 'success' }),
        child(2, 1, { traceId: traceId(1), tags: ['a'], model: 'm' }),
        change(3, { tags: ['b'], status: 'error' }),
        change(4, { tags: ['c'] }),
      ])
      expect(await store.facets(project, { fields: ['tag', 'model', 'status', 'user'] })).toEqual({
        tag: [
          { value: 'b', traces: 2 },
          { value: 'a', traces: 1 },
          { value: 'c', traces: 1 },
        ],
        model: [{ value: 'm', traces: 1 }],
        status: [
          { value: 'error', traces: 1 },
          { value: 'running', traces: 1 },
          { value: 'success', traces: 1 },
        ],
        user: [],
      })
      const some = { fields: ['tag'], terms: [{ field: 'status', values: ['error'] }] } as const
      expect(await store.facets(project, some)).toEqual({ tag: [{ value: 'b', traces: 1 }] })
      expect(await store.facets(project, { fields: ['tag'], fromUs: START_US + 4 })).toEqual({
        tag: [{ value: 'c', traces: 1 }],
      })
    })
  })
}
