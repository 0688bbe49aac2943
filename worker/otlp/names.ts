/**
 * The table that our own exporter writes by, to be read backwards.
 *
 * @module
 */

import type { Json } from '../../src/lib/json.ts'
import type { Tree } from '../../src/lib/otlp/attributes.ts'
import { ATTEMPT, NAMES, type As } from '../../src/lib/otlp/names.ts'
import type { Attributes } from './attributes.ts'
import { fromText } from './content.ts'

export interface Leaf {
  /** Its place in the record. */
  place: readonly string[]
  name: string
  as: As | undefined
}

const ALL = leavesOf(NAMES, [])

/** Of a call, without what is a list of its own. */
export const CALL: readonly Leaf[] = ALL.filter(
  ({ place: [part, field, inner] }) =>
    part === 'call' && field !== 'attempts' && !(field === 'response' && inner === 'choices'),
).map(({ place, ...leaf }) => ({ ...leaf, place: place.slice(1) }))

/** Of one attempt, in the event that tells of it. */
export const ATTEMPTED: readonly Leaf[] = leavesOf(ATTEMPT, [])

function leavesOf(tree: Tree, place: readonly string[]): Leaf[] {
  if (tree === null) return []
  if (typeof tree === 'string') return [{ place, name: tree, as: undefined }]
  if (isPair(tree)) return [{ place, name: tree[0], as: tree[1] }]
  return Object.entries(tree).flatMap(([field, below]) => leavesOf(below, [...place, field]))
}

function isPair(tree: object): tree is readonly [string, As] {
  return Array.isArray(tree)
}

interface Members {
  [field: string]: Json | Members
}

/** What the attributes say, in the shape of what the leaves are of. */
export function readLeaves(
  attributes: Attributes,
  leaves: readonly Leaf[],
): { [field: string]: Json } {
  const root: Members = {}
  for (const { place, name, as } of leaves) {
    const value = plainly(attributes.take(name), as)
    if (value === undefined) continue
    let members = root
    for (const field of place.slice(0, -1)) {
      const inner = members[field]
      const next: Members = isMembers(inner) ? inner : {}
      members[field] = next
      members = next
    }
    members[place.at(-1) ?? ''] = value
  }
  return root as { [field: string]: Json } // members of members, down to values
}

function isMembers(value: Json | Members | undefined): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function plainly(value: Json | undefined, as: As | undefined): Json | undefined {
  switch (as) {
    case 'seconds': // to the microsecond, which is as exact as records are
      return typeof value === 'number' ? Math.round(value * 1e6) / 1000 : undefined
    case 'list':
      return Array.isArray(value) ? value[0] : value
    case 'json':
      return fromText(value)
    default:
      return value
  }
}
