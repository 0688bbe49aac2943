/**
 * What the page of tools shows: how often each ran, how long it took and how often it failed.
 *
 * @module
 */

import type { Query, Total } from '../../store/query.ts'
import type { Store } from '../../store/store.ts'
import { addTotals, sumAll } from '../../store/sum-all.ts'
import { slots, stretch, type Stretch } from './timeline.ts'

/** A small chart: a bar is wide enough to be seen. */
const POINTS = 40

/** What is not reached by then is said to be missing. */
const MAX_STRETCHES = 6

export interface ToolUse {
  name: string
  total: Total
  /** Runs, one number for each point in time. */
  points: number[]
}

export interface ToolUses {
  stretch: Stretch
  /** The one that ran most comes first. */
  tools: ToolUse[]
  total: Total
  /** Nothing from here on is in the sums. */
  untilUs?: number
}

export async function toolUses(
  store: Store,
  project: string,
  { question: { terms }, fromUs, toUs }: { question: Query; fromUs: number; toUs: number },
): Promise<ToolUses> {
  const over = stretch(fromUs, toUs, POINTS)
  const { buckets, nextUs } = await sumAll(
    store,
    project,
    { of: 'tools', by: 'name', stepUs: over.stepUs, fromUs, toUs, ...(terms && { terms }) },
    MAX_STRETCHES,
  )
  const tools = [...Map.groupBy(buckets, ({ group }) => group ?? '')].map(([name, of]) => ({
    name,
    total: addTotals(of),
    points: slots(over, of).map((slot) => addTotals(slot.buckets).count),
  }))
  return {
    stretch: over,
    tools: tools.toSorted((one, other) => other.total.count - one.total.count),
    total: addTotals(tools.map(({ total }) => total)),
    ...(nextUs !== undefined && { untilUs: nextUs }),
  }
}
