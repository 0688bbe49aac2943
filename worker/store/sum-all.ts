/**
 * Sums over all of a time, stretch by stretch: between two of them others are served.
 *
 * @module
 */

import { mergeHistograms } from './histogram.ts'
import type { Bucket, SumQuery, Sums } from './query.ts'
import type { Store } from './store.ts'

/** Five million spans: what is beyond is for an engine that is made for it. */
const MAX_STRETCHES = 25

/** As one call of `sum` that has no end; with `nextUs` if it is more than can be added up. */
export async function sumAll(store: Store, project: string, query: SumQuery): Promise<Sums> {
  const buckets: Bucket[] = []
  let { fromUs } = query
  for (let stretch = 0; stretch < MAX_STRETCHES; stretch += 1) {
    const sums = await store.sum(project, { ...query, fromUs })
    buckets.push(...sums.buckets)
    if (sums.nextUs === undefined) return { buckets: mergeBuckets(buckets) }
    fromUs = sums.nextUs
  }
  return { buckets: mergeBuckets(buckets), nextUs: fromUs }
}

/** One bucket for each time and group. */
export function mergeBuckets(buckets: readonly Bucket[]): Bucket[] {
  const same = Map.groupBy(buckets, ({ startUs, group }) => JSON.stringify([startUs, group]))
  return [...same.values()].map((some) => some.reduce(mergeTwo))
}

export function mergeTwo(one: Bucket, other: Bucket): Bucket {
  return {
    startUs: one.startUs,
    group: one.group,
    count: one.count + other.count,
    errors: one.errors + other.errors,
    priced: one.priced + other.priced,
    costNano: one.costNano + other.costNano,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    latency: mergeHistograms([one.latency, other.latency]),
    firstText: mergeHistograms([one.firstText, other.firstText]),
  }
}
