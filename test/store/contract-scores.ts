/** Scores: merged by name, found by trace, gone with their step. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { giveScore } from '../../worker/store/give-score.ts'
import type { Term } from '../../worker/store/query.ts'
import { MAX_SCORES, type Score } from '../../worker/store/score.ts'
import type { Store } from '../../worker/store/store.ts'
import { change, child, id, spanOf, START_US, traceId } from './changes.ts'
import type { Subject } from './contract.ts'

export function scoresContract(subject: () => Subject): void {
  const found = async (store: Store, project: string, ...terms: Term[]) =>
    (await store.list(project, { terms })).traces.map((trace) => trace.traceId)

  describe('scores', () => {
    it('are of a step, and shown with its trace', async () => {
      const { store, project } = subject()
      const quality = { value: 0.8, note: 'good, but long', by: 'ada', atMs: 5 }
      await store.write(project, [
        change(1, { name: 'answer', scores: { quality } }),
        child(2, 1, { traceId: traceId(1), scores: { verdict: { value: 'good', atMs: 6 } } }),
      ])
      expect((await spanOf(store, project, id(1)))?.scores).toEqual({ quality })
      const [, second] = await store.trace(project, traceId(1))
      expect(second?.scores).toEqual({ verdict: { value: 'good', atMs: 6 } })
      const { traces } = await store.list(project, {})
      expect(traces[0]?.scores).toEqual([
        { name: 'quality', value: '0.8' },
        { name: 'verdict', value: 'good' },
      ])
    })

    it('change nothing else of the step, and are changed by nothing else', async () => {
      const { store, project } = subject()
      await store.write(project, [change(1, { name: 'answer', input: 'q', seq: 0 })])
      const span = await spanOf(store, project, id(1))
      if (!span) throw new Error('what was written is there')
      const given = { span, name: 'quality', score: { value: 1 }, nowMs: 10 }
      expect(await giveScore(store, project, given)).toEqual({ quality: { value: 1, atMs: 10 } })
      await store.write(project, [change(1, { status: 'success', seq: 1, output: 'a' })])
      expect(await spanOf(store, project, id(1))).toEqual({
        ...span,
        status: 'success',
        output: 'a',
        scores: { quality: { value: 1, atMs: 10 } },
      })
    })

    it('are the latest of each name, in whatever order they come', async () => {
      const score = fc.record<Score>(
        {
          value: fc.oneof(
            fc.constantFrom(null, 'good', 'bad'),
            fc.double({ noNaN: true, min: 0, max: 1 }),
          ),
          atMs: fc.integer({ min: 0, max: 5 }),
        },
        { noNullPrototype: true },
      )
      const told = fc.array(fc.tuple(fc.constantFrom('quality', 'constructor', 'a.b-c'), score), {
        minLength: 1,
        maxLength: 6,
      })
      await fc.assert(
        fc.asyncProperty(told, fc.infiniteStream(fc.nat()), async (scores, chance) => {
          const spans = await Promise.all(
            [scores, scores.toSorted(() => (chance.next().value % 2 === 0 ? 1 : -1))].map(
              async (order) => {
                const { store, project } = subject()
                for (const [name, one] of order) {
                  await store.write(project, [
                    change(1, { scores: Object.fromEntries([[name, one]]) }),
                  ])
                }
                return spanOf(store, project, id(1))
              },
            ),
          )
          expect(spans[0]?.scores).toEqual(spans[1]?.scores)
        }),
        { numRuns: 10 },
      )
    })

    it('count the later where one clock is ahead of the other', async () => {
      const { store, project } = subject()
      await store.write(project, [change(1, { scores: { quality: { value: 1, atMs: 1000 } } })])
      const span = await spanOf(store, project, id(1))
      if (!span) throw new Error('what was written is there')
      await giveScore(store, project, { span, name: 'quality', score: { value: 0 }, nowMs: 10 })
      expect((await spanOf(store, project, id(1)))?.scores).toMatchObject({ quality: { value: 0 } })
    })

    it('are given anew after one was taken back, by whatever clock', async () => {
      const { store, project } = subject()
      await store.write(project, [change(1, { scores: { quality: { value: null, atMs: 1000 } } })])
      const span = await spanOf(store, project, id(1))
      if (!span) throw new Error('what was written is there')
      expect(
        await giveScore(store, project, { span, name: 'quality', score: { value: 1 }, nowMs: 10 }),
      ).toMatchObject({ quality: { value: 1 } })
    })

    it('are found by number and by word, and no more once they were taken back', async () => {
      const { store, project } = subject()
      const values: Score['value'][] = [0.2, 0.9, -3, 1e21, 'good', '0.9 or so', 10]
      await store.write(
        project,
        values.map((value, index) =>
          change(index + 1, { scores: { quality: { value, atMs: 1 } }, startUs: START_US - index }),
        ),
      )
      await store.write(project, [change(99, { scores: { qualit: { value: 0.9, atMs: 1 } } })])
      const scored = (is: '<' | '>' | '=' | '>=' | '<=', value: number): Term => ({
        field: 'scored',
        key: 'quality',
        is,
        value,
      })
      const traces = (...numbers: number[]) => numbers.map(traceId)
      expect(await found(store, project, scored('<', 0.5))).toEqual(traces(1, 3))
      expect(await found(store, project, scored('=', 0.9))).toEqual(traces(2))
      expect(await found(store, project, scored('>', 9))).toEqual(traces(4, 7))
      expect(
        await found(store, project, { field: 'score', key: 'quality', values: ['good'] }),
      ).toEqual(traces(5))
      expect(await found(store, project, { field: 'has', values: ['score'] })).toHaveLength(8)
      expect(
        await found(
          store,
          project,
          { ...scored('<', 100), not: true },
          { field: 'has', values: ['score'] },
        ),
      ).toEqual(traces(99, 4, 5, 6))
      await store.write(project, [change(1, { scores: { quality: { value: null, atMs: 2 } } })])
      expect(await found(store, project, scored('<', 0.5))).toEqual(traces(3))
      expect((await spanOf(store, project, id(1)))?.scores).toEqual({
        quality: { value: null, atMs: 2 },
      })
      expect(
        (await store.list(project, { terms: [{ field: 'trace', values: [traceId(1)] }] })).traces[0]
          ?.scores,
      ).toEqual([])
    })

    it(`are at most ${MAX_SCORES} of a step`, async () => {
      const { store, project } = subject()
      const names = Array.from({ length: MAX_SCORES + 5 }, (_, index) => `score${100 + index}`)
      for (const name of names) {
        await store.write(project, [
          change(1, { scores: Object.fromEntries([[name, { value: 1, atMs: 1 }]]) }),
        ])
      }
      const span = await spanOf(store, project, id(1))
      expect(Object.keys(span?.scores ?? {})).toEqual(names.slice(0, MAX_SCORES))
    })
  })
}
