/**
 * The marks of traces as rows: how many of its steps account for each.
 *
 * @module
 */

import { type Mark, marksOf } from '../marks.ts'
import type { Known } from '../merge.ts'
import { encodeMark } from '../text.ts'

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
export function labelsOf(known: Known): Mark[] {
  return marksOf(known).map(([field, value]) => [field, encodeMark(value)])
}
