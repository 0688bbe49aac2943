/** What a dashboard asks. Each gives how much was found. */

import { traceIdOf } from '../../src/lib/ids.ts'
import type { SumQuery, Term, TraceQuery } from '../../worker/store/query.ts'
import type { Store } from '../../worker/store/store.ts'
import { idOf, SPANS_PER_TRACE, START_US, STEP_US } from './spans.ts'

type Question = (store: Store, project: string, size: number) => Promise<number>

const HOUR_US = 3_600_000_000

const list =
  (query: TraceQuery): Question =>
  async (store, project) =>
    (await store.list(project, query)).traces.length

const terms = (...all: Term[]) => list({ terms: all })
const words = (...all: string[]) => terms({ field: 'text', words: all })

/** In the middle of all there is. */
const middle = (size: number) => START_US + Math.floor(size / 2) * STEP_US
const firstOf = (number: number) => number - (number % SPANS_PER_TRACE)

const sums =
  (query: Pick<SumQuery, 'of' | 'by'>, hours?: number): Question =>
  async (store, project, size) => {
    const fromUs = hours === undefined ? START_US : middle(size) - (hours * HOUR_US) / 2
    const toUs = hours === undefined ? START_US + size * STEP_US : fromUs + hours * HOUR_US
    const { buckets } = await store.sum(project, { ...query, fromUs, toUs, stepUs: HOUR_US / 60 })
    return buckets.reduce((count, bucket) => count + bucket.count, 0)
  }

export const QUESTIONS: [name: string, ask: Question][] = [
  ['list, the newest', list({})],
  [
    'list, from the middle',
    async (store, project, size) =>
      (await store.list(project, { toUs: middle(size) })).traces.length,
  ],
  ['list, the oldest', list({ ascending: true })],
  ['list, by latency', list({ sort: 'latency' })],
  ['filter: status', terms({ field: 'status', values: ['error'] })],
  ['filter: tag', terms({ field: 'tag', values: ['tag-7'] })],
  ['filter: user', terms({ field: 'user', values: ['user-7'] })],
  ['filter: session', terms({ field: 'session', values: ['session-7'] })],
  ['filter: metadata', terms({ field: 'metadata', key: 'number', values: ['777'] })],
  ['filter: no such user', terms({ field: 'user', values: ['nobody'] })],
  ['filter: beginning of a name', terms({ field: 'name', values: ['workflow 1'], prefix: true })],
  ['search: a common word', words('word1')],
  ['search: a rare word', words('answer', '777')],
  ['search: no such word', words('nowhere')],
  ['search: beginning of a word', words('word499*')],
  ['search: all but a common word', terms({ field: 'text', words: ['word1'], not: true })],
  [
    'trace',
    async (store, project, size) =>
      (await store.trace(project, traceIdOf(idOf(firstOf(size / 2))))).length,
  ],
  [
    'span with bodies',
    async (store, project, size) => (await store.spans(project, [idOf(size / 2)])).length,
  ],
  ['sums of calls, one hour', sums({ of: 'calls' }, 1)],
  ['sums of calls by model, one hour', sums({ of: 'calls', by: 'model' }, 1)],
  ['sums of traces, one hour', sums({ of: 'traces' }, 1)],
  ['sums of calls by model, everything', sums({ of: 'calls', by: 'model' })],
  ['sums of traces, everything', sums({ of: 'traces' })],
  [
    'facets of four fields',
    async (store, project) =>
      Object.values(await store.facets(project, { fields: ['model', 'tag', 'user', 'status'] }))
        .length,
  ],
]
