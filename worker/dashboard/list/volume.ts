/**
 * What the chart above the list is of: the time that was asked for; else that of the page, for all that
 * there is may be more than can be added up while somebody waits.
 *
 * @module
 */

import type { Query } from '../../store/query.ts'
import type { Store, TracePage } from '../../store/store.ts'
import { BARS } from '../components/strip.tsx'
import type { Volume } from '../pages/traces.tsx'
import { stretch } from '../sums/timeline.ts'

interface VolumeOf {
  question: Query
  page: TracePage
  /** Whether no other page comes before it. */
  isFirst: boolean
  nowUs: number
}

export async function volumeOf(
  store: Store,
  project: string,
  { question, page, isFirst, nowUs }: VolumeOf,
): Promise<Volume | undefined> {
  const { fromUs, toUs, terms } = question
  const starts = page.traces.map(({ startUs }) => startUs)
  if (fromUs === undefined && starts.length === 0) return undefined
  const first = fromUs ?? Math.min(...starts)
  const last = toUs ?? (fromUs === undefined ? Math.max(...starts) + 1 : nowUs)
  if (last <= first) return undefined
  const over = stretch(first, last, BARS)
  const sums = await store.sum(project, {
    of: 'traces',
    stepUs: over.stepUs,
    // To the moment where that was asked for: the buckets at the ends may be cut.
    fromUs: first,
    toUs: last,
    ...(terms && { terms }),
  })
  const isWhole = fromUs !== undefined || (isFirst && page.next === undefined)
  return { stretch: over, sums, isWhole }
}
