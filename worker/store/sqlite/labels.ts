/**
 * The marks of traces as rows: how many of its steps account for each.
 *
 * @module
 */

import { type Mark, marksOf } from '../marks.ts'
import type { Known } from '../merge.ts'
import { shownKind, shownName, type SpanColumns } from './rows.ts'
import { encode } from '../text.ts'

export type LabelChange = [traceId: string, field: string, value: string, step: number]

/** Adds up what a write does to the labels of traces. */
export interface LabelCounts {
  /** A span in this trace is there now (1), or no more (-1). */
  count(traceId: string, labels: readonly Mark[], step: 1 | -1): void
  /** What is different in the end. */
  changes(): LabelChange[]
}

export function labelCounts(): LabelCounts {
  const counts = new Map<string, LabelChange>()
  return {
    count(traceId, labels, step) {
      for (const [field, value] of labels) {
        const key = `${traceId} ${field} ${value}`
        const change = counts.get(key)
        if (change) change[3] += step
        else counts.set(key, [traceId, field, value, step])
      }
    },
    changes: () => [...counts.values()].filter(([, , , step]) => step !== 0),
  }
}

/** With values as columns hold them. */
export function labelsOf(columns: SpanColumns, known: Known): Mark[] {
  const marks = marksOf({ ...known, kind: shownKind(columns), name: shownName(columns) })
  return marks.map(([field, value]) => [field, encodeMark(value)])
}

/** The one line break between key and value stays: no other is left. */
export function encodeMark(value: string): string {
  return value.split('\n').map(encode).join('\n')
}
