/** Which spans are in a trace. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../worker/store/store.ts'
import { asking, change, child, id, row, spanId, summary, traceId } from './changes.ts'
import type { Subject } from './contract.ts'
import { everything, shuffled } from './everything.ts'

export function familyContract(subject: () => Subject, runs: number): void {
  describe('trace', () => {
    it('has all its steps in order of their start', async () => {
      const { store, project } = subject()
      const trace = { traceId: traceId(1) }
      await store.write(project, [child(3, 1, trace), child(2, 1, trace), change(1, trace)])
      const step = { ...trace, name: 'task', kind: 'task', parentId: spanId(1) } as const
      expect(await store.trace(project, traceId(1))).toEqual([row(1), row(2, step), row(3, step)])
      expect(await store.trace(project, traceId(2))).toEqual([])
    })

    it('keeps spans whose ids end alike', async () => {
      const { store, project } = subject()
      const twin = { ...change(1, { name: 'twin' }), id: id(1).replace('0', 'f') }
      await store.write(project, [
        change(1, { traceId: traceId(1), name: 'one' }),
        { ...twin, traceId: traceId(1) },
      ])
      expect((await store.trace(project, traceId(1))).map(({ name }) => name)).toEqual([
        'one',
        'twin',
      ])
    })
  })

  describe('a span that names a parent and no trace', () => {
    it('joins the trace of a parent that is there', async () => {
      const { store, project } = subject()
      await store.write(project, [change(1, { traceId: traceId(9) })])
      await store.write(project, [child(2, 1)])
      expect(await homes(store, project)).toEqual({ [traceId(9)]: [id(1), id(2)] })
    })

    it('waits in a trace of its own, and moves in with all of its family when the parent arrives', async () => {
      const { store, project } = subject()
      await store.write(project, [
        child(3, 2, { tags: ['t'] }),
        child(4, 3),
        child(5, 3, { model: 'gpt-4' }),
      ])
      expect(await homes(store, project)).toEqual({ [traceId(3)]: [id(3), id(4), id(5)] })
      await store.write(project, [child(2, 1)])
      expect(await homes(store, project)).toEqual({ [traceId(2)]: [id(2), id(3), id(4), id(5)] })
      await store.write(project, [change(1, { name: 'root' })])
      expect((await store.list(project, asking({ tags: ['t'], model: 'gpt-4' }))).traces).toEqual([
        summary(1, { name: 'root', spanCount: 5, tags: ['t'], models: ['gpt-4'] }),
      ])
      expect(await store.trace(project, traceId(3))).toEqual([])
    })

    it('moves when it learns its parent, or its trace, later', async () => {
      const { store, project } = subject()
      await store.write(project, [change(1), change(2), child(3, 2)])
      await store.write(project, [child(2, 1)])
      expect(await homes(store, project)).toEqual({ [traceId(1)]: [id(1), id(2), id(3)] })
      await store.write(project, [child(2, 1, { traceId: traceId(9) })])
      expect(await homes(store, project)).toEqual({
        [traceId(1)]: [id(1)],
        [traceId(9)]: [id(2), id(3)],
      })
    })

    it('leaves a span where it is that named its trace', async () => {
      const { store, project } = subject()
      await store.write(project, [child(2, 1, { traceId: traceId(2) }), change(1)])
      expect(await homes(store, project)).toEqual({ [traceId(1)]: [id(1)], [traceId(2)]: [id(2)] })
    })

    it('may be its own ancestor', async () => {
      const { store, project } = subject()
      await store.write(project, [child(1, 1), child(2, 4), child(4, 3), child(3, 2), child(5, 3)])
      expect(await homes(store, project)).toEqual({
        [traceId(1)]: [id(1)],
        [traceId(2)]: [id(2), id(3), id(4), id(5)],
      })
    })

    it('is in the same trace in whatever order the family arrives', async () => {
      const member = fc.record({ parent: fc.nat(8), told: fc.nat(6) })
      await fc.assert(
        fc.asyncProperty(
          fc.array(member, { minLength: 2, maxLength: 8 }),
          fc.infiniteStream(fc.nat()),
          async (members, chance) => {
            const family = members.map(({ parent, told }, index) =>
              change(index + 1, {
                parentId: parent === 0 ? null : spanId(parent),
                traceId: told === 0 ? traceId(99) : null,
                tags: [`tag ${index}`],
              }),
            )
            const { store, project } = subject()
            await store.write(project, family)
            const other = subject().project
            for (const span of shuffled(family, chance)) await store.write(other, [span])
            expect(await everything(store, other)).toEqual(await everything(store, project))
          },
        ),
        { numRuns: runs },
      )
    })
  })
}

/** Who is in which trace. */
async function homes(store: Store, project: string): Promise<Record<string, string[]>> {
  const { traces } = await store.list(project, {})
  const entries = traces.map(async ({ traceId: trace }) => {
    const spans = await store.trace(project, trace)
    return [trace, spans.map((span) => span.id)] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}
