/**
 * A stretch of time in buckets: how wide they are, and all of them, also those in which nothing was.
 *
 * @module
 */

import type { Bucket } from '../../store/query.ts'

export interface Stretch {
  fromUs: number
  toUs: number
  stepUs: number
}

const SECOND = 1_000_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Widths that people count time in. */
const STEPS = [
  ...[1, 5, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((days) => days * DAY),
]

/** Whole buckets, of which there are few enough. */
export function stretch(fromUs: number, toUs: number, most: number): Stretch {
  const length = Math.max(toUs - fromUs, 1)
  const stepUs = STEPS.find((step) => length / step <= most - 1) ?? 10 * 365 * DAY
  const start = Math.floor(fromUs / stepUs) * stepUs
  return {
    fromUs: start,
    toUs: Math.max(Math.ceil(toUs / stepUs) * stepUs, start + stepUs),
    stepUs,
  }
}

export interface Slot {
  startUs: number
  /** One for each group in it; none where nothing was. */
  buckets: Bucket[]
}

export function slots({ fromUs, toUs, stepUs }: Stretch, buckets: readonly Bucket[]): Slot[] {
  const byStart = Map.groupBy(buckets, ({ startUs }) => startUs)
  return Array.from({ length: Math.round((toUs - fromUs) / stepUs) }, (_, index) => {
    const startUs = fromUs + index * stepUs
    return { startUs, buckets: byStart.get(startUs) ?? [] }
  })
}
