/**
 * The steps of a trace in reading order: each under its parent, siblings in order of their start.
 *
 * Records arrive from anywhere and in any order, so parents may be missing or point in a circle.
 * Such steps are never dropped: they follow under a group of their own that says why.
 *
 * @module
 */

import type { SpanRow } from '../../store/store.ts'

export interface Step {
  type: 'step'
  span: SpanRow
  /** 1 at the top. */
  level: number
  position: number
  siblings: number
  children: number
}

/** A heading for steps that have no place in the tree. */
export interface Group {
  type: 'group'
  reason: 'missing' | 'circle'
  level: number
  position: number
  siblings: number
  children: number
}

export type TreeRow = Step | Group

export function tree(spans: readonly SpanRow[]): TreeRow[] {
  const ordered = spans.toSorted((a, b) => a.startUs - b.startUs)
  const known = new Set(ordered.map((span) => span.spanId))
  const children = Map.groupBy(ordered, (span) => span.parentId)
  const roots = ordered.filter((span) => span.parentId === null)
  const orphans = ordered.filter((span) => span.parentId !== null && !known.has(span.parentId))

  // Where no step is a root, the trace began elsewhere: its first steps are the top.
  const top = roots.length > 0 ? roots : orphans
  const missing = roots.length > 0 ? orphans : []
  const placed = new Set<SpanRow>()
  const rows = descend(top, 1, children, placed)
  const unattached = descend(missing, 2, children, placed)
  const circles: TreeRow[] = []
  for (const span of ordered) {
    if (!placed.has(span)) circles.push(...descend([span], 2, children, placed))
  }

  rows.push(...grouped('missing', unattached), ...grouped('circle', circles))
  number(rows, 1)
  return rows
}

// A loop with its own stack: chains can be as deep as a trace is long.
function descend(
  from: readonly SpanRow[],
  level: number,
  children: ReadonlyMap<string | null, readonly SpanRow[]>,
  placed: Set<SpanRow>,
): TreeRow[] {
  const rows: TreeRow[] = []
  const pending: Step[] = []
  const add = (spans: readonly SpanRow[], level: number) => {
    const fresh = spans.filter((span) => !placed.has(span))
    const steps = fresh.map((span, index): Step => {
      placed.add(span)
      return { type: 'step', span, level, position: index + 1, siblings: fresh.length, children: 0 }
    })
    pending.push(...steps.reverse())
    return steps.length
  }

  add(from, level)
  for (let step = pending.pop(); step; step = pending.pop()) {
    rows.push(step)
    step.children = add(children.get(step.span.spanId) ?? [], step.level + 1)
  }
  return rows
}

function grouped(reason: Group['reason'], members: TreeRow[]): TreeRow[] {
  if (members.length === 0) return []
  const children = number(members, 2)
  return [{ type: 'group', reason, level: 1, position: 1, siblings: 1, children }, ...members]
}

/** Numbers the rows of one level that came together from several walks, and counts them. */
function number(rows: readonly TreeRow[], level: number): number {
  const members = rows.filter((row) => row.level === level)
  members.forEach((row, index) => {
    row.position = index + 1
    row.siblings = members.length
  })
  return members.length
}
