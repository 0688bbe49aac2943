/**
 * A trace as a script needs it to move, fold and find in rows that are not on the page: a line of
 * text for each row, its fields apart by tabs.
 *
 * The first line says the axis of time. No field has a tab or an end of line in it, and none says more
 * than a row does. `islands/outline.ts` reads it.
 *
 * @module
 */

import type { Axis } from './axis.ts'
import { modelOf, nameOf } from './find-steps.ts'
import type { TreeRow } from './tree.ts'

export function outline(rows: readonly TreeRow[], { startUs, endUs }: Axis): string {
  return [`${startUs}-${endUs}`, ...rows.map(line)].join('\n')
}

function line(row: TreeRow): string {
  if (row.type === 'group') return [row.level, row.reason, '', '', '', ''].join('\t')
  const { level, span } = row
  return [level, span.id, span.status, span.kind, modelOf(span), nameOf(span)].join('\t')
}
