/**
 * Two traces, as a page compares them.
 *
 * @module
 */

import type { SpanRow } from '../../store/store.ts'
import { totals, type Totals } from '../trace/totals.ts'
import { align } from './align.ts'
import { compared, type Compared, type Mark } from './differences.ts'
import type { Effort } from './sequence.ts'

export type Spans = readonly [SpanRow, ...SpanRow[]]

export interface TraceSide {
  id: string
  totals: Totals
}

export interface TraceComparison {
  a: TraceSide
  b: TraceSide
  rows: Compared[]
  /** How many rows have each mark. */
  marks: Record<Mark, number>
  isRough: boolean
}

export function compareTraces(a: Spans, b: Spans, effort: Effort): TraceComparison {
  const { rows, isRough } = align(a, b, effort)
  const all = rows.map(compared)
  const marks = { same: 0, changed: 0, a: 0, b: 0 }
  for (const { type, mark } of all) if (type === 'steps') marks[mark] += 1
  return {
    a: { id: a[0].traceId, totals: totals(a) },
    b: { id: b[0].traceId, totals: totals(b) },
    rows: all,
    marks,
    isRough,
  }
}

/** With what differs, and what that lies in: a step that is the same stays above one that is not. */
export function onlyDifferent(rows: readonly Compared[]): Compared[] {
  const kept: Compared[] = []
  let level = 0
  for (const row of rows.toReversed()) {
    if (row.mark === 'same' && row.level >= level) continue
    kept.push(row)
    level = row.level
  }
  return kept.reverse()
}
