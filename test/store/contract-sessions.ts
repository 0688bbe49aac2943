/** Sessions: found by their traces, told as a whole. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { percentile } from '../../worker/store/histogram.ts'
import { type Term } from '../../worker/store/query.ts'
import {
  SESSION_TRACES,
  type SessionQuery,
  type SessionSummary,
} from '../../worker/store/session-query.ts'
import type { SpanChange, Store } from '../../worker/store/store.ts'
import { change, child, START_US, traceId } from './changes.ts'
import type { Subject } from './contract.ts'

const MINUTE_US = 60_000_000

/** A trace of one step, `minute` minutes after the beginning. */
function visit(number: number, sessionId: string, minute: number, said: Partial<SpanChange> = {}) {
  const startUs = START_US + minute * MINUTE_US
  return change(number, { sessionId, startUs, endUs: startUs + 1000, status: 'success', ...said })
}

async function all(store: Store, project: string, query: SessionQuery): Promise<SessionSummary[]> {
  const found: SessionSummary[] = []
  let before: string | undefined
  do {
    const page = await store.sessions(project, {
      ...query,
      ...(before !== undefined && { before }),
    })
    found.push(...page.sessions)
    before = page.next
  } while (before !== undefined)
  return found
}

/** All traces meet them; an index gives those of the first, and none those of the other. */
const KINDS: Term[] = [{ field: 'kind', values: ['workflow'] }]
const MADE_UP: Term[] = [{ field: 'tag', values: ['none'], not: true }]

const ids = (found: readonly SessionSummary[]) => found.map(({ sessionId }) => sessionId)

export function sessionsContract(subject: () => Subject): void {
  describe('sessions', () => {
    it('tell what their traces come to, the one with the newest trace first', async () => {
      const { store, project } = subject()
      await store.write(project, [
        visit(1, 'old', 0, { name: 'ask', userId: 'bob', status: 'error' }),
        visit(2, 'old', 2, {
          name: 'ask again',
          userId: 'ada',
          input: 'where?',
          model: 'm',
          inputTokens: 3,
          outputTokens: 4,
          endUs: START_US + 3 * MINUTE_US,
        }),
        child(3, 2, {
          traceId: traceId(2),
          startUs: START_US + 2 * MINUTE_US,
          sessionId: 'old',
          userId: 'ada',
          model: 'm',
        }),
        visit(4, 'new', 5, { status: 'running', endUs: null }),
        change(5, { name: 'of no session' }),
      ])
      const found = await store.sessions(project, {})
      const [latest, old] = found.sessions
      expect(found).not.toHaveProperty('next')
      expect(latest).toEqual({
        sessionId: 'new',
        users: [],
        traces: 1,
        isMore: false,
        errors: 0,
        firstUs: START_US + 5 * MINUTE_US,
        lastUs: START_US + 5 * MINUTE_US,
        latency: [],
        inputTokens: null,
        outputTokens: null,
        costNano: null,
        costMissing: 0,
        lastName: 'workflow',
        lastStatus: 'running',
        lastInput: '',
      })
      expect(old).toMatchObject({
        sessionId: 'old',
        users: ['ada', 'bob'],
        traces: 2,
        errors: 1,
        firstUs: START_US,
        lastUs: START_US + 2 * MINUTE_US,
        inputTokens: 3,
        outputTokens: 4,
        costMissing: 1,
        lastName: 'ask again',
        lastStatus: 'success',
        lastInput: 'where?',
      })
      expect(percentile(old?.latency ?? [], 1)).toBeGreaterThan(MINUTE_US * 0.98)
      expect(found.sessions).toHaveLength(2)
    })

    it('are found by a trace, and told as a whole', async () => {
      const { store, project } = subject()
      await store.write(project, [
        visit(1, 'a', 0, { tags: ['t'] }),
        visit(2, 'a', 9),
        visit(3, 'b', 5, { tags: ['t'] }),
        visit(4, 'c', 7),
      ])
      const tagged = { terms: [{ field: 'tag', values: ['t'] }] } as const
      const found = await all(store, project, tagged)
      expect(found.map(({ sessionId, traces }) => [sessionId, traces])).toEqual([
        ['b', 1],
        ['a', 2],
      ])
      const early = { toUs: START_US + 6 * MINUTE_US }
      expect(ids(await all(store, project, early))).toEqual(['b', 'a'])
      expect(ids(await all(store, project, { ...early, fromUs: START_US + MINUTE_US }))).toEqual([
        'b',
      ])
      expect(ids(await all(store, project, { ...tagged, limit: 1 }))).toEqual(['b', 'a'])
      expect(await store.sessions(subject().project, {})).toEqual({ sessions: [] })
    })

    it('keep any name, apart from each other and from other projects', async () => {
      const { store, project } = subject()
      const names = ['', 'a', 'a b', 'NUL \u0000', 'lone \uD800', 'x\ny', "'; DROP TABLE span; --"]
      await store.write(
        project,
        names.map((name, index) => visit(index + 1, name, index)),
      )
      await store.write(subject().project, [visit(1, 'foreign', 0)])
      expect(ids(await all(store, project, { limit: 2 }))).toEqual(names.toReversed())
    })

    it('change with their traces, and go with the last of them', async () => {
      const { store, project } = subject()
      await store.write(project, [visit(1, 'a', 0), visit(2, 'b', 1)])
      await store.write(project, [visit(1, 'a', 3)])
      expect(ids(await all(store, project, {}))).toEqual(['a', 'b'])
      await store.remove(project, { traces: [traceId(1)] })
      expect(ids(await all(store, project, {}))).toEqual(['b'])
    })

    it('are paged without a gap and without one twice, also where times are equal', async () => {
      const { store } = subject()
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 4 })), {
            minLength: 1,
            maxLength: 40,
          }),
          fc.integer({ min: 1, max: 5 }),
          async (visits, limit) => {
            const { project } = subject()
            await store.write(
              project,
              visits.map(([session, minute], index) => visit(index + 1, `s${session}`, minute)),
            )
            const newest = new Map<string, number>()
            for (const [session, minute] of visits) {
              newest.set(`s${session}`, Math.max(minute, newest.get(`s${session}`) ?? 0))
            }
            const expected = [...newest].toSorted(
              ([one, at], [other, otherAt]) => otherAt - at || (one < other ? 1 : -1),
            )
            for (const terms of [[], KINDS, MADE_UP]) {
              const found = await all(store, project, { limit, terms })
              expect(ids(found)).toEqual(expected.map(([id]) => id))
            }
          },
        ),
        { numRuns: 10 },
      )
    })

    it('say where they have more traces than are added up', async () => {
      const { store, project } = subject()
      const visits = Array.from({ length: SESSION_TRACES + 1 }, (_, index) =>
        visit(index + 1, 'long', index, { inputTokens: 1, outputTokens: 0 }),
      )
      for (let at = 0; at < visits.length; at += 100) {
        await store.write(project, visits.slice(at, at + 100))
      }
      expect((await store.sessions(project, {})).sessions).toMatchObject([
        {
          traces: SESSION_TRACES,
          isMore: true,
          inputTokens: SESSION_TRACES,
          firstUs: START_US + MINUTE_US,
        },
      ])
    })

    it('refuse a cursor that they did not give', async () => {
      const { store, project } = subject()
      await expect(store.sessions(project, { before: 'nonsense!' })).rejects.toMatchObject({
        code: 'invalid_cursor',
      })
    })
  })

  describe('sums of tools', () => {
    it('count what ran as a tool, by its name', async () => {
      const { store, project } = subject()
      const tool = { kind: 'tool', traceId: traceId(1) } as const
      await store.write(project, [
        change(1, { name: 'agent', tags: ['t'] }),
        child(2, 1, { ...tool, name: 'search', status: 'success', endUs: START_US + 1002 }),
        child(3, 1, { ...tool, name: 'search', status: 'error', endUs: START_US + 1003 }),
        child(4, 1, { ...tool, name: 'mail', status: 'running' }),
        child(5, 1, { traceId: traceId(1), kind: 'generation', name: 'chat' }),
      ])
      const query = {
        of: 'tools',
        by: 'name',
        fromUs: START_US,
        toUs: START_US + MINUTE_US,
        stepUs: MINUTE_US,
      } as const
      const rows = async (more: Pick<SessionQuery, 'terms'> = {}) =>
        (await store.sum(project, { ...query, ...more })).buckets.map(
          ({ group, count, errors, latency }) => [group, count, errors, latency],
        )
      expect(await rows()).toEqual([
        ['mail', 1, 0, []],
        ['search', 2, 1, [[234, 2]]],
      ])
      expect(await rows({ terms: [{ field: 'name', values: ['mail'] }] })).toHaveLength(1)
      expect(await rows({ terms: [{ field: 'tag', values: ['t'] }] })).toHaveLength(2)
      expect(await rows({ terms: [{ field: 'tag', values: ['no'] }] })).toEqual([])
    })
  })
}
