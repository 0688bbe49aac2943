/**
 * Durations as a histogram, which the engine counts.
 *
 * @module
 */

import { GROWTH, type Histogram } from '../query.ts'

/** Classes, and how many are in each. */
export type ClassCounts = [classes: number[], counts: number[]]

/** An aggregate over `micros`, of those that are known. */
export function durations(micros: string): string {
  const known = `(${micros}) IS NOT NULL`
  const at = `toInt64(round(log(greatest(assumeNotNull(${micros}), 1)) / ${Math.log(GROWTH)}))`
  return `sumMapIf([${at}], [toUInt64(1)], ${known})`
}

export function toHistogram([classes, counts]: ClassCounts): Histogram {
  return classes.map((at, index) => [at, counts[index] ?? 0])
}
