/**
 * What the overview shows: sums over time, of traces and of calls, and of calls by what they have in
 * common.
 *
 * @module
 */

import type { Bucket, Query, SumField, Total } from '../../store/query.ts'
import type { Store } from '../../store/store.ts'
import { addTotals, sumAll } from '../../store/sum-all.ts'
import { slots, stretch, type Stretch } from './timeline.ts'

export const BY = ['model', 'provider', 'name', 'tag', 'user', 'environment'] as const
export type By = (typeof BY)[number]

/** A point is wide enough to be hit. */
const POINTS = 60

/** What is not reached by then is said to be missing. */
const MAX_STRETCHES = 6

/** The groups that are told apart in a chart; the others are one. */
export const SHOWN_GROUPS = 5

export interface Group {
  /** `null` for those that have no such value. */
  name: string | null
  total: Total
  /** One for each point in time. */
  points: Total[]
}

export interface Overview {
  stretch: Stretch
  starts: number[]
  traces: Group
  calls: Group
  /** Of calls, those with the most first. */
  groups: Group[]
  /** Nothing from here on is in the sums. */
  untilUs?: number
}

interface OverviewOf {
  question: Query
  by: By
  fromUs: number
  toUs: number
}

export async function overview(
  store: Store,
  project: string,
  { question: { terms }, by, fromUs, toUs }: OverviewOf,
): Promise<Overview> {
  const over = stretch(fromUs, toUs, POINTS)
  const ask = (of: 'traces' | 'calls', group?: SumField) =>
    sumAll(
      store,
      project,
      {
        of,
        stepUs: over.stepUs,
        fromUs,
        toUs,
        ...(group && { by: group }),
        ...(terms && { terms }),
      },
      MAX_STRETCHES,
    )
  // A call with several tags is in several groups: all of them are more than there are.
  const isApart = by !== 'tag'
  const [traces, grouped, whole] = await Promise.all([
    ask('traces'),
    ask('calls', by),
    isApart ? undefined : ask('calls'),
  ])
  const calls = whole ?? grouped
  const names = [...new Set(grouped.buckets.map(({ group }) => group))]
  const groups = names
    .map((name) =>
      groupOf(
        name,
        over,
        grouped.buckets.filter(({ group }) => group === name),
      ),
    )
    .toSorted((one, other) => other.total.count - one.total.count)
  const ends = [traces.nextUs, grouped.nextUs, whole?.nextUs].filter((us) => us !== undefined)
  return {
    stretch: over,
    starts: slots(over, []).map(({ startUs }) => startUs),
    traces: groupOf(null, over, traces.buckets),
    calls: groupOf(null, over, calls.buckets),
    groups,
    ...(ends.length > 0 && { untilUs: Math.min(...ends) }),
  }
}

function groupOf(name: string | null, over: Stretch, buckets: readonly Bucket[]): Group {
  return {
    name,
    total: addTotals(buckets),
    points: slots(over, buckets).map((slot) => addTotals(slot.buckets)),
  }
}

/** Those that are told apart, and the others as one. */
export function shownGroups(groups: readonly Group[]): { name: string; points: Total[] }[] {
  const shown = groups.slice(0, SHOWN_GROUPS)
  const rest = groups.slice(SHOWN_GROUPS)
  const others = (rest[0]?.points ?? []).map((_, at) =>
    addTotals(rest.flatMap(({ points }) => points[at] ?? [])),
  )
  return [
    ...shown.map(({ name, points }) => ({ name: name ?? 'none', points })),
    ...(rest.length > 0 ? [{ name: `${rest.length} others`, points: others }] : []),
  ]
}
