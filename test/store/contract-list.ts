/** The list: filters, pages and the values to filter by. */

import { describe, expect, it } from 'vitest'
import type { TraceQuery } from '../../worker/store/query.ts'
import type { SpanChange, Store } from '../../worker/store/store.ts'
import { asking, change, START_US, traceId } from './changes.ts'
import type { Subject } from './contract.ts'

const TRACES: SpanChange[] = [
  change(1, { status: 'success', model: 'gpt-4', tags: ['prod', 'v1'] }),
  change(2, { status: 'error', model: 'gpt-4', tags: ['prod'] }),
  change(3, { status: 'running', model: 'claude', tags: ['dev', 'v1'] }),
  change(4, { status: 'error', tags: ['prod', 'v1', 'slow'] }),
  change(5, { status: null }),
]

const FILTERS: [string, TraceQuery, number[]][] = [
  ['everything', {}, [5, 4, 3, 2, 1]],
  ['a status', asking({ status: 'error' }), [4, 2]],
  ['running, which is also what says no status', asking({ status: 'running' }), [5, 3]],
  ['a model', asking({ model: 'gpt-4' }), [2, 1]],
  ['a tag', asking({ tags: ['prod'] }), [4, 2, 1]],
  ['all of several tags', asking({ tags: ['v1', 'prod'] }), [4, 1]],
  ['a tag given twice', asking({ tags: ['v1', 'v1'] }), [4, 3, 1]],
  ['from a time on, that time included', { fromUs: START_US + 3 }, [5, 4, 3]],
  ['up to a time, that time not included', { toUs: START_US + 3 }, [2, 1]],
  ['between times', { fromUs: START_US + 2, toUs: START_US + 4 }, [3, 2]],
  ['no time at all', { fromUs: START_US + 3, toUs: START_US + 3 }, []],
  ['a status and a tag', asking({ status: 'error', tags: ['v1'] }), [4]],
  ['a model and a time', asking({ model: 'gpt-4', toUs: START_US + 2 }), [1]],
  ['a status and a model', asking({ status: 'success', model: 'gpt-4' }), [1]],
  [
    'all at once',
    asking({
      status: 'error',
      model: 'gpt-4',
      tags: ['prod'],
      fromUs: START_US + 1,
      toUs: START_US + 9,
    }),
    [2],
  ],
  ['all at once, without match', asking({ status: 'running', model: 'gpt-4', tags: ['prod'] }), []],
  ['an unknown model', asking({ model: 'gpt' }), []],
  ['a model that is a tag', asking({ model: 'prod' }), []],
]

export function listContract(subject: () => Subject): void {
  describe('list', () => {
    it.each(FILTERS)('finds %s', async (_, query, numbers) => {
      const { store, project } = subject()
      await store.write(project, TRACES)
      const expected = numbers.map(traceId)
      expect(
        await store.list(project, query).then(({ traces }) => traces.map((trace) => trace.traceId)),
      ).toEqual(expected)
      expect(await pages(store, project, { ...query, limit: 1 })).toEqual(expected)
    })

    it('pages to the end without gap or repeat while traces arrive', async () => {
      const { store, project } = subject()
      // Groups of three start at the same time.
      const startUs = (number: number) => START_US + Math.floor(number / 3)
      const old = Array.from({ length: 65 }, (_, index) =>
        change(index + 1, { startUs: startUs(index + 1), tags: ['t'] }),
      )
      await store.write(project, old)
      const expected = old.map((_, index) => traceId(index + 1)).reverse()
      for (const query of [{}, asking({ tags: ['t'] }), asking({ status: 'running' })]) {
        let arriving = 1000
        const found = await pages(
          store,
          project,
          { ...query, limit: 7, toUs: START_US + 100 },
          () => {
            arriving += 1
            return store.write(project, [change(arriving, { startUs: START_US + 99, tags: ['t'] })])
          },
        )
        expect(found.filter((trace) => expected.includes(trace))).toEqual(expected)
        expect(new Set(found).size).toBe(found.length)
        await store.write(project, [change(arriving, { tags: ['late'] })])
      }
    })

    it('gives no next page after one that is exactly full', async () => {
      const { store, project } = subject()
      await store.write(project, TRACES)
      expect(await store.list(project, { limit: 5 })).not.toHaveProperty('next')
      expect(await store.list(project, { limit: 4 })).toHaveProperty('next')
    })

    it('gives 50 unless told, and at most 200', async () => {
      const { store, project } = subject()
      const many = Array.from({ length: 201 }, (_, index) => change(index + 1))
      await store.write(project, many)
      expect((await store.list(project, {})).traces).toHaveLength(50)
      expect((await store.list(project, { limit: 1000 })).traces).toHaveLength(200)
    })

    it.each([
      '',
      'x',
      '.',
      '0..',
      '0..1',
      '0.zzzzzzzzzzz.1',
      '0.1.zzzzzzzzzzzz',
      '1.1.1',
      '9.1.1',
      "0.1.1' OR 1=1",
      `${START_US}`,
      '0.1.1 ',
    ])('refuses a cursor it did not give: %j', async (before) => {
      const { store, project } = subject()
      await expect(store.list(project, { before })).rejects.toMatchObject({
        name: 'StoreError',
        code: 'invalid_cursor',
      })
    })
  })
}

/** More than any of these tests writes. */
const MAX_FOUND = 1000

/** The ids on all pages, with something to do between them. */
async function pages(
  store: Store,
  project: string,
  query: TraceQuery,
  between?: () => Promise<void>,
): Promise<string[]> {
  const found: string[] = []
  let before: string | undefined
  do {
    const page = await store.list(project, before === undefined ? query : { ...query, before })
    found.push(...page.traces.map((trace) => trace.traceId))
    before = page.next
    if (found.length > MAX_FOUND) throw new Error('the pages have no end')
    await between?.()
  } while (before !== undefined)
  return found
}
