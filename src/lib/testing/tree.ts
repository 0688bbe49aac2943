/**
 * Traces as trees of text: what a test compares, and what it shows when it fails.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'
import { tokensOf } from './tokens.ts'

/** Names, each followed by those inside of it: `['answer', ['search', 'chat gpt-4o']]`. */
export type TreeShape = readonly (string | TreeShape)[]

interface Node {
  label: string
  inside: readonly Node[]
}

/** The names of the steps alone. */
export function namesOf(records: readonly SpanRecord[]): string {
  return draw(grow(records, ({ name }) => name))
}

/** With how each of them ended, and what the calls used. */
export function describeTree(records: readonly SpanRecord[]): string {
  return records.length > 0 ? draw(grow(records, describeRecord)) : '(nothing was recorded)'
}

export function shapeOf(shape: TreeShape): string {
  return draw(nodesOf(shape))
}

function nodesOf(shape: TreeShape): readonly Node[] {
  return shape.flatMap((each, index): Node[] => {
    if (typeof each !== 'string') return index === 0 ? [...nodesOf(each)] : []
    const inside = shape[index + 1]
    return [{ label: each, inside: typeof inside === 'object' ? nodesOf(inside) : [] }]
  })
}

export function describeRecord(record: SpanRecord): string {
  const { name, status, call, error } = record
  if (!call) return [name, ...(status === 'success' ? [] : [status, error?.type])].join('  ')
  const { input, output } = tokensOf(record)
  const counts = `${input ?? '?'} in / ${output ?? '?'} out`
  return [name, call.provider, call.ended, counts, ...(error ? [error.type] : [])].join('  ')
}

/** A step whose parent was not recorded stands as a root. */
function grow(
  records: readonly SpanRecord[],
  labelOf: (record: SpanRecord) => string,
): readonly Node[] {
  const known = new Set(records.map(placeOf))
  const inOrder = records.toSorted((one, two) => one.startUnixMs - two.startUnixMs)
  const under = new Map<string, SpanRecord[]>()
  for (const record of inOrder) {
    const parent = parentOf(record)
    const place = parent !== undefined && known.has(parent) ? parent : ROOT
    under.set(place, [...(under.get(place) ?? []), record])
  }
  return nodes(ROOT)

  function nodes(place: string): readonly Node[] {
    return (under.get(place) ?? []).map((record) => ({
      label: labelOf(record),
      inside: nodes(placeOf(record)),
    }))
  }
}

const ROOT = ''

function placeOf({ trace: { traceId, spanId } }: SpanRecord): string {
  return `${traceId}-${spanId}`
}

function parentOf({ trace: { traceId, parentSpanId } }: SpanRecord): string | undefined {
  return parentSpanId && `${traceId}-${parentSpanId}`
}

function draw(nodes: readonly Node[]): string {
  return nodes.flatMap(({ label, inside }) => [label, ...branches(inside)]).join('\n')
}

function branches(nodes: readonly Node[]): string[] {
  return nodes.flatMap(({ label, inside }, index) => {
    const isLast = index === nodes.length - 1
    const below = branches(inside).map((line) => (isLast ? '    ' : '│   ') + line)
    return [`${isLast ? '└── ' : '├── '}${label}`, ...below]
  })
}
