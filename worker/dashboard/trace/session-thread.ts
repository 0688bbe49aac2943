/**
 * The traces of a session as one thread: each with what its first step was given and gave back.
 *
 * @module
 */

import type { Json } from '../../../src/lib/json.ts'
import { MAX_SPANS, type SpanDetail, type Store, type TraceSummary } from '../../store/store.ts'
import { readConversation } from '../chat/read.ts'
import type { Turn } from '../chat/turns.ts'

export interface Visit {
  trace: TraceSummary
  /** The first step; none where it has not arrived, or the trace is too long to be looked through for it. */
  root?: SpanDetail
  /** Where the input is a conversation that goes on: how many of its turns the visit before had, too. */
  repeated: number
}

/** A longer trace whose root is not named by the trace is shown by its beginning alone. */
const MAX_STEPS = 2000

/** @param traces At most a hundred, in the order of their start. */
export async function threadOf(
  store: Store,
  project: string,
  traces: readonly TraceSummary[],
): Promise<Visit[]> {
  const roots = await rootsOf(store, project, traces.slice(0, MAX_SPANS))
  let before: Turn[] = []
  return traces.map((trace) => {
    const root = roots.get(trace.traceId)
    const turns = turnsOf(root?.input)
    const repeated = sharedTurns(before, turns)
    if (turns.length > 0) before = [...turns, ...turnsOf(root?.output)]
    return { trace, ...(root && { root }), repeated }
  })
}

function turnsOf(body: Json | undefined): Turn[] {
  return (body !== undefined && readConversation(body)) || []
}

/** How many turns two conversations have in common from their beginning on. */
export function sharedTurns(one: readonly Turn[], other: readonly Turn[]): number {
  const length = Math.min(one.length, other.length)
  for (let at = 0; at < length; at += 1) {
    if (JSON.stringify(one[at]) !== JSON.stringify(other[at])) return at
  }
  return length
}

/** Most roots have the id that names their trace; the others have to be looked for. */
async function rootsOf(
  store: Store,
  project: string,
  traces: readonly TraceSummary[],
): Promise<Map<string, SpanDetail>> {
  const named = await store.spans(
    project,
    traces.map(({ traceId }) => uuidOf(traceId)),
  )
  const roots = new Map(
    named.filter(({ parentId }) => parentId === null).map((span) => [span.traceId, span]),
  )
  const others = traces.filter(
    ({ traceId, spanCount }) => !roots.has(traceId) && spanCount <= MAX_STEPS,
  )
  const ids = await Promise.all(
    others.map(async ({ traceId }) => {
      const steps = await store.trace(project, traceId)
      return (steps.find(({ parentId }) => parentId === null) ?? steps[0])?.id
    }),
  )
  const found = await store.spans(
    project,
    ids.filter((id) => id !== undefined),
  )
  for (const span of found) roots.set(span.traceId, span)
  return roots
}

function uuidOf(traceId: string): string {
  return traceId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
