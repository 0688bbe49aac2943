/**
 * What a page of sums over time is asked for: of the last day, where the address does not say.
 *
 * @module
 */

import type { TraceQuery } from '../../store/query.ts'
import { type Filters, readFilters, type Reading, toQuestion } from './filters.ts'

const DAY_US = 24 * 3_600_000_000

export interface Day {
  reading: Reading
  /** Without the time that it is of by itself: that cannot be taken away. */
  asked: Filters
  question: TraceQuery
  fromUs: number
  toUs: number
}

/** @returns Nothing where no time is left: the end is before the beginning. */
export function lastDay(parameters: URLSearchParams, nowMs: number): Day | undefined {
  const reading = readFilters(parameters)
  const { filters } = reading
  const asked = { ...filters }
  if (!filters.range && !filters.from && !filters.to) filters.range = '24h'
  const question = toQuestion(reading, nowMs)
  const { toUs = nowMs * 1000 } = question
  const { fromUs = toUs - DAY_US } = question
  return fromUs < toUs ? { reading, asked, question, fromUs, toUs } : undefined
}
