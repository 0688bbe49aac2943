/** Removing traces: all that belongs to them, and nothing else. */

import { describe, expect, it } from 'vitest'
import type { Removal, Store } from '../../worker/store/store.ts'
import { change, child, id, START_US, traceId } from './changes.ts'
import type { Subject } from './contract.ts'
import { numbersOf } from './contract-terms.ts'
import { everything } from './everything.ts'

async function removeAll(store: Store, project: string, what: Removal): Promise<number> {
  let spans = 0
  for (;;) {
    const removed = await store.remove(project, what)
    spans += removed.spans
    if (!removed.more) return spans
  }
}

export function removalContract(subject: () => Subject): void {
  describe('remove', () => {
    const one = [
      change(1, { name: 'root', tags: ['one'], input: `needle ${'x'.repeat(50_000)}` }),
      child(2, 1, { traceId: traceId(1), model: 'only here', metadata: { a: 1 } }),
    ]
    const other = [change(3, { tags: ['other'], input: 'needle' })]

    it('leaves nothing of a trace, and all of the others', async () => {
      const { store, project } = subject()
      await store.write(project, [...one, ...other])
      const reference = subject().project
      await store.write(reference, other)

      expect(await removeAll(store, project, { traces: [traceId(1)] })).toBe(2)
      expect(await everything(store, project)).toEqual(await everything(store, reference))
      expect(await store.trace(project, traceId(1))).toEqual([])
      expect(await store.spans(project, [id(1), id(2)])).toEqual([])
      expect(
        await numbersOf(store, project, { terms: [{ field: 'text', words: ['needle'] }] }),
      ).toEqual([3])
    })

    it('keeps out what comes late of a trace that was removed', async () => {
      const { store, project } = subject()
      await store.write(project, one)
      await removeAll(store, project, { traces: [traceId(1)] })
      await store.write(project, [...one, child(4, 1, { traceId: traceId(1) }), ...other])
      expect(await numbersOf(store, project, {})).toEqual([3])
    })

    it('removes what began before a time, and takes it when it is sent again', async () => {
      const { store, project } = subject()
      await store.write(project, [...one, ...other])
      expect(await removeAll(store, project, { beforeUs: START_US + 3 })).toBe(2)
      expect(await numbersOf(store, project, {})).toEqual([3])
      await store.write(project, one)
      expect(await numbersOf(store, project, {})).toEqual([3, 1])
    })

    it('changes nothing where there is nothing, and nothing of another project', async () => {
      const { store, project } = subject()
      const theirs = subject().project
      await store.write(theirs, one)
      expect(await store.remove(project, { traces: [traceId(1)] })).toEqual({
        spans: 0,
        more: false,
      })
      expect(await store.remove(project, { beforeUs: START_US * 2 })).toEqual({
        spans: 0,
        more: false,
      })
      expect(await numbersOf(store, theirs, {})).toEqual([1])
    })

    it('takes more than one call for what is much', async () => {
      const { store, project } = subject()
      const many = Array.from({ length: 450 }, (_, index) => change(index + 1))
      await store.write(project, many)
      expect(await removeAll(store, project, { beforeUs: START_US + 401 })).toBe(400)
      expect(await numbersOf(store, project, {})).toHaveLength(50)
    })
  })
}
