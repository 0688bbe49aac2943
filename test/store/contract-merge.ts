/** Writing: how a record is merged into what is known. */

import { describe, expect, it } from 'vitest'
import type { SpanChange, SpanDetail } from '../../worker/store/store.ts'
import { change, id, row, spanOf, START_US } from './changes.ts'
import type { Subject } from './contract.ts'

interface MergeCase {
  name: string
  changes: Partial<SpanChange>[]
  expected: Partial<SpanDetail>
}

const MERGES: MergeCase[] = [
  {
    name: 'completes what a first call began',
    changes: [{ input: 'question' }, { output: 'answer', status: 'success' }],
    expected: { input: 'question', output: 'answer', status: 'success' },
  },
  {
    name: 'overwrites with what is not null, and only with that',
    changes: [
      { name: 'first', input: 1, model: 'gpt-4' },
      { name: 'second', input: 2, model: null },
    ],
    expected: { name: 'second', input: 2, model: 'gpt-4', kind: 'generation' },
  },
  {
    name: 'takes from an older write only what is unknown',
    changes: [
      { seq: 1, name: 'ended', status: 'success', endUs: START_US + 9 },
      { seq: 0, name: 'begun', status: 'running', input: 'question' },
    ],
    expected: { name: 'ended', status: 'success', endUs: START_US + 9, input: 'question' },
  },
  {
    name: 'takes how a span ended from the newest write alone, also when that comes first',
    changes: [
      { seq: 3, status: 'success', endUs: START_US + 9, output: 'answer' },
      { seq: 2, status: 'running' },
      { seq: 1, status: 'error', endUs: START_US + 5, error: { type: '429' }, outputTokens: 3 },
    ],
    expected: { status: 'success', endUs: START_US + 9, output: 'answer' },
  },
  {
    name: 'forgets how a span ended that runs again',
    changes: [
      {
        seq: 1,
        status: 'error',
        endUs: START_US + 5,
        error: { type: '429' },
        output: 'half',
        inputTokens: 1,
        outputTokens: 2,
      },
      { seq: 2, status: 'running' },
    ],
    expected: { status: 'running' },
  },
  {
    name: 'takes a write of the same order as the newer one',
    changes: [
      { seq: 1, name: 'one' },
      { seq: 1, name: 'two' },
    ],
    expected: { name: 'two' },
  },
  {
    name: 'takes a write without order as the newest, and keeps the order',
    changes: [{ seq: 1, name: 'ended' }, { name: 'renamed' }, { seq: 0, name: 'begun' }],
    expected: { name: 'renamed' },
  },
  {
    name: 'merges metadata by key, and a null there overwrites nothing',
    changes: [
      { metadata: { a: 1, b: { c: 2 }, d: 3 } },
      { metadata: { b: { e: 4 }, d: null, f: null } },
    ],
    expected: { metadata: { a: 1, b: { e: 4 }, d: 3, f: null } },
  },
  {
    name: 'fills in metadata from an older write',
    changes: [
      { seq: 1, metadata: { a: 'new' } },
      { seq: 0, metadata: { a: 'old', b: 'old' } },
    ],
    expected: { metadata: { a: 'new', b: 'old' } },
  },
  {
    name: 'replaces tags as a whole',
    changes: [{ tags: ['a', 'b'] }, { tags: ['c'] }, { tags: null }],
    expected: { tags: ['c'] },
  },
  {
    name: 'keeps false, zero and the empty ones, which say something',
    changes: [
      { input: 'x', output: 'y', metadata: { a: 1 }, tags: ['t'] },
      { input: false, output: '', metadata: {}, tags: [] },
    ],
    expected: { input: false, output: '', metadata: { a: 1 }, tags: [] },
  },
  {
    name: 'corrects the start',
    changes: [{ startUs: START_US }, { startUs: START_US + 50 }],
    expected: { startUs: START_US + 50 },
  },
]

export function mergeContract(subject: () => Subject): void {
  describe('write', () => {
    it('shows a span of which only the id is known', async () => {
      const { store, project } = subject()
      await store.write(project, [change(1)])
      expect(await spanOf(store, project, id(1))).toEqual({ ...row(1), input: null, output: null })
    })

    it('starts a span now if it does not say when', async () => {
      const { store, project } = subject()
      const before = Date.now() * 1000
      await store.write(project, [change(1, { startUs: null })])
      await store.write(project, [change(1, { startUs: null, name: 'later' })])
      const span = await spanOf(store, project, id(1))
      expect(span?.startUs).toBeGreaterThanOrEqual(before)
      expect(span?.startUs).toBeLessThanOrEqual(Date.now() * 1000)
    })

    it.each(MERGES)('$name', async ({ changes, expected }) => {
      const { store, project } = subject()
      for (const said of changes) await store.write(project, [change(1, said)])
      const { kind = 'workflow', name = kind } = expected
      expect(await spanOf(store, project, id(1))).toEqual({
        ...row(1),
        input: null,
        output: null,
        kind,
        name,
        ...expected,
      })
    })

    it.each(MERGES)('$name, in one batch', async ({ changes, expected }) => {
      const { store, project } = subject()
      await store.write(
        project,
        changes.map((said) => change(1, said)),
      )
      expect(await spanOf(store, project, id(1))).toMatchObject(expected)
    })
  })
}
