/**
 * The traces that started just before and just after one, of a search or of all.
 *
 * @module
 */

import type { TraceQuery } from '../../store/query.ts'
import type { Store, TraceSummary } from '../../store/store.ts'

export interface Neighbours {
  newer: TraceSummary | undefined
  older: TraceSummary | undefined
}

/** Several can have started at once. */
const PAGE = 10

/** So far is looked: for one of a search that few traces meet, and past those that started at once. */
const MAX_PAGES = 10

type Here = Pick<TraceSummary, 'traceId' | 'startUs'>

export async function neighbours(
  store: Store,
  project: string,
  question: TraceQuery,
  here: Here,
): Promise<Neighbours> {
  const { fromUs = 0, toUs = Number.MAX_SAFE_INTEGER } = question
  const { startUs } = here
  const find = (query: TraceQuery) => beside(store, project, { ...question, ...query }, here)
  const [newer, older] = await Promise.all([
    find({ fromUs: Math.max(fromUs, startUs), ascending: true }),
    find({ toUs: Math.min(toUs, startUs + 1) }),
  ])
  return { newer, older }
}

/** The one that follows in the order of the question. */
async function beside(
  store: Store,
  project: string,
  query: TraceQuery,
  here: Here,
): Promise<TraceSummary | undefined> {
  /** Of those that started with it, the first: it counts where the trace itself is not among them. */
  let equal: TraceSummary | undefined
  let before: string | undefined
  let isPassed = false
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const found = await store.list(project, { ...query, limit: PAGE, ...(before && { before }) })
    for (const trace of found.traces) {
      if (trace.traceId === here.traceId) isPassed = true
      else if (isPassed) return trace
      else if (trace.startUs !== here.startUs) return equal ?? trace
      else equal ??= trace
    }
    before = found.next
    if (before === undefined) break
  }
  return isPassed ? undefined : equal
}
