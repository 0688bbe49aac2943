/**
 * Sums over all of a time, stretch by stretch: between two of them others are served.
 *
 * @module
 */

import { mergeHistograms } from './histogram.ts'
import type { Bucket, SumQuery, Sums, Total } from './query.ts'
import type { Store } from './store.ts'

/** Five million spans: what is beyond is for an engine that is made for it. */
const MAX_STRETCHES = 25

/**
 * As one call of `sum` that has no end; with `nextUs` if it is more than can be added up.
 *
 * @param most How many stretches; fewer where somebody waits.
 */
export async function sumAll(
  store: Store,
  project: string,
  query: SumQuery,
  most: number = MAX_STRETCHES,
): Promise<Sums> {
  const buckets: Bucket[] = []
  let { fromUs } = query
  for (let stretch = 0; stretch < most; stretch += 1) {
    const sums = await store.sum(project, { ...query, fromUs })
    buckets.push(...sums.buckets)
    if (sums.nextUs === undefined) return { buckets: mergeBuckets(buckets) }
    fromUs = sums.nextUs
  }
  return { buckets: mergeBuckets(buckets), nextUs: fromUs }
}

/** One bucket for each time and group: a stretch may have ended within one. */
function mergeBuckets(buckets: readonly Bucket[]): Bucket[] {
  const same = Map.groupBy(buckets, ({ startUs, group }) => JSON.stringify([startUs, group]))
  return [...same.values()].flatMap(([first, ...others]) =>
    first ? { ...first, ...addTotals([first, ...others]) } : [],
  )
}

export function addTotals(totals: readonly Total[]): Total {
  const sum = (of: (total: Total) => number) => totals.reduce((all, one) => all + of(one), 0)
  return {
    count: sum(({ count }) => count),
    errors: sum(({ errors }) => errors),
    priced: sum(({ priced }) => priced),
    costNano: sum(({ costNano }) => costNano),
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    latency: mergeHistograms(totals.map(({ latency }) => latency)),
    firstText: mergeHistograms(totals.map(({ firstText }) => firstText)),
  }
}
