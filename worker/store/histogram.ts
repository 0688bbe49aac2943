/**
 * Durations in classes: counted once, merged at will, and asked for any percentile.
 *
 * @module
 */

import { GROWTH, type Histogram } from './query.ts'

export function mergeHistograms(histograms: readonly Histogram[]): Histogram {
  const counts = new Map<number, number>()
  for (const [at, count] of histograms.flat()) counts.set(at, (counts.get(at) ?? 0) + count)
  return [...counts].toSorted(([one], [other]) => one - other)
}

/** Of durations in microseconds. */
export function histogramOf(durations: readonly number[]): Histogram {
  const counts = new Map<number, number>()
  for (const micros of durations) {
    const at = classOf(micros)
    counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  return [...counts].toSorted(([one], [other]) => one - other)
}

/** The class of a duration. */
export function classOf(micros: number): number {
  return Math.round(Math.log(Math.max(micros, 1)) / Math.log(GROWTH))
}

/**
 * The duration that this share of all does not exceed, in microseconds; `null` of none.
 *
 * @param share Between 0 and 1: 0.99 for the 99th percentile, by the nearest rank.
 */
export function percentile(histogram: Histogram, share: number): number | null {
  const total = histogram.reduce((sum, [, count]) => sum + count, 0)
  const rank = Math.max(1, Math.ceil(total * share))
  let seen = 0
  for (const [at, count] of histogram) {
    seen += count
    if (seen >= rank) return Math.round(GROWTH ** at)
  }
  return null
}
