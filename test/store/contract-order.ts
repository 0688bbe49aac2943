/** Writing again, and in another order: the same state. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SpanChange } from '../../worker/store/store.ts'
import { change, id, row, spanId, spanOf, START_US, summary, traceId } from './changes.ts'
import type { Subject } from './contract.ts'
import { everything, next, shuffled } from './everything.ts'

export function orderContract(subject: () => Subject, runs: number): void {
  describe('write', () => {
    it('changes nothing when repeated', async () => {
      const { store, project } = subject()
      const batch = [
        change(1, {
          name: 'root',
          tags: ['a'],
          input: { deep: [1] },
          status: 'success',
          endUs: START_US + 9,
        }),
        change(2, { parentId: spanId(1), model: 'gpt-4', inputTokens: 3, metadata: { a: 1 } }),
      ]
      await store.write(project, batch)
      const once = await everything(store, project)
      await store.write(project, batch)
      await store.write(project, [...batch, ...batch])
      expect(await everything(store, project)).toEqual(once)
    })

    it('gives the same state for running and ended records in any order, with any repeats', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(spanStory(), { minLength: 1, maxLength: 4 }),
          fc.infiniteStream(fc.nat()),
          async (stories, chance) => {
            const calls = stories.flatMap((story, index) => tell(index + 1, story))
            const { store, project } = subject()
            await store.write(project, calls)

            const other = subject().project
            const repeated = [...calls, ...calls.filter(() => next(chance) % 2 === 0)]
            for (const call of shuffled(repeated, chance)) await store.write(other, [call])
            expect(await everything(store, other)).toEqual(await everything(store, project))
          },
        ),
        { numRuns: runs },
      )
    })

    it('keeps projects apart, also where ids are the same', async () => {
      const { store, project } = subject()
      const other = subject().project
      await store.write(project, [change(1, { name: 'ours', tags: ['ours'], input: 'our secret' })])
      await store.write(other, [
        change(1, { name: 'theirs' }),
        change(2, { name: 'more of theirs' }),
      ])
      expect(await everything(store, project)).toEqual({
        traces: [summary(1, { name: 'ours', tags: ['ours'], inputPreview: 'our secret' })],
        spans: [{ ...row(1, { name: 'ours', tags: ['ours'] }), input: 'our secret', output: null }],
        models: [],
        tags: ['ours'],
      })
      expect(await store.trace(project, traceId(2))).toEqual([])
      expect(await spanOf(store, project, id(2))).toBeUndefined()
    })
  })
}

type Story = ReturnType<typeof spanStory> extends fc.Arbitrary<infer Value> ? Value : never

/** What our SDK sends of a span: the same facts when it ends, and more. */
function spanStory() {
  const text = fc.string({ unit: 'binary', maxLength: 8 })
  const metadata = fc.dictionary(text, fc.option(fc.jsonValue({ maxDepth: 1 })), {
    maxKeys: 3,
    noNullPrototype: true,
  })
  return fc.record({
    parent: fc.boolean(),
    running: fc.record({
      name: text,
      metadata: fc.option(metadata),
      tags: fc.option(fc.array(text, { maxLength: 2 })),
      input: json(),
    }),
    ended: fc.record({
      name: fc.option(text),
      model: fc.option(text),
      inputTokens: fc.option(fc.nat(1000)),
      status: fc.constantFrom('success' as const, 'error' as const),
      endUs: fc.integer({ min: START_US, max: START_US + 1000 }),
      metadata: fc.option(metadata),
      tags: fc.option(fc.array(text, { maxLength: 2 })),
      output: json(),
    }),
  })
}

function json() {
  return fc.option(fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value))))
}

/** All in the trace of the first. */
function tell(number: number, { parent, running, ended }: Story): SpanChange[] {
  const place = { traceId: traceId(1), parentId: parent ? spanId(1) : null }
  return [
    change(number, { ...place, status: 'running', ...running, seq: 0 }),
    change(number, { ...place, ...ended, seq: 1 }),
  ]
}
