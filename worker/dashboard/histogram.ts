/**
 * Percentiles of durations that were counted by class.
 *
 * @module
 */

import { GROWTH, type Histogram } from '../store/query.ts'

export function merge(histograms: readonly Histogram[]): Histogram {
  const counts = new Map<number, number>()
  for (const [at, count] of histograms.flat()) counts.set(at, (counts.get(at) ?? 0) + count)
  return [...counts].toSorted(([one], [other]) => one - other)
}

/**
 * The duration that a share of all reach at most, in microseconds; `null` where there is none.
 *
 * @param share Such as 0.9.
 */
export function percentile(histogram: Histogram, share: number): number | null {
  const total = histogram.reduce((sum, [, count]) => sum + count, 0)
  let seen = 0
  for (const [at, count] of histogram) {
    seen += count
    if (seen >= share * total) return Math.round(GROWTH ** at)
  }
  return null
}
