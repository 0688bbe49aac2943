/**
 * The steps of two traces side by side.
 *
 * Siblings are paired by kind and name, in order, and their children after them. Every step of either
 * trace stands in exactly one row, and the rows of each trace keep the order of its tree.
 *
 * @module
 */

import type { SpanRow } from '../../store/store.ts'
import { tree, type Group, type TreeRow } from '../trace/tree.ts'
import { paired, type Effort, type Pair } from './sequence.ts'

export type Aligned = { level: number } & (
  | { type: 'steps'; pair: Pair<SpanRow> }
  | { type: 'group'; reason: Group['reason'] }
)

export interface Alignment {
  rows: Aligned[]
  /** Some siblings were too many and too different to find the best pairs. */
  isRough: boolean
}

interface Node {
  row: TreeRow
  children: Node[]
}

export function align(a: readonly SpanRow[], b: readonly SpanRow[], effort: Effort): Alignment {
  const rows: Aligned[] = []
  let isRough = false
  const pair = (a: readonly Node[], b: readonly Node[], keyOf = key): Pair<Node>[] => {
    const found = paired(a, b, keyOf, effort)
    isRough ||= found.isRough
    return found.pairs
  }
  const [topA, topB] = [forest(a), forest(b)]
  // Two traces are compared because they do the same: where each is one step, that is it.
  const isOne = topA.filter(isStep).length === 1 && topB.filter(isStep).length === 1
  const top = pair(topA, topB, isOne ? (node) => (isStep(node) ? '' : key(node)) : key)
  // A loop with its own stack: chains can be as deep as a trace is long.
  const pending = top.reverse()
  for (let next = pending.pop(); next; next = pending.pop()) {
    const row = aligned(next)
    if (row) rows.push(row)
    const inside = pair(next.a?.children ?? [], next.b?.children ?? [])
    for (const child of inside.reverse()) pending.push(child)
  }
  return { rows, isRough }
}

function aligned({ a, b }: Pair<Node>): Aligned | undefined {
  const [rowA, rowB] = [a?.row, b?.row]
  const level = rowA?.level ?? rowB?.level ?? 1
  const group = rowA?.type === 'group' ? rowA : rowB?.type === 'group' ? rowB : undefined
  if (group) return { type: 'group', level, reason: group.reason }
  const spanA = rowA?.type === 'step' ? rowA.span : undefined
  const spanB = rowB?.type === 'step' ? rowB.span : undefined
  if (spanA && spanB) return { type: 'steps', level, pair: { a: spanA, b: spanB } }
  if (spanA) return { type: 'steps', level, pair: { a: spanA, b: undefined } }
  return spanB && { type: 'steps', level, pair: { a: undefined, b: spanB } }
}

function forest(spans: readonly SpanRow[]): Node[] {
  const top: Node[] = []
  /** The last node of each level above the next row. */
  const open: Node[] = []
  for (const row of tree(spans)) {
    const node: Node = { row, children: [] }
    open.length = row.level - 1
    const siblings = open.at(-1)?.children ?? top
    siblings.push(node)
    open.push(node)
  }
  return top
}

function isStep({ row }: Node): boolean {
  return row.type === 'step'
}

/** The name of a call often repeats its model, and the same call of another model is what one compares. */
function key({ row }: Node): string {
  if (row.type === 'group') return `group ${row.reason}`
  const { kind, name, model } = row.span
  return `${kind} ${model ? name.replace(model, '') : name}`
}
