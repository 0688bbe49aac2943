/**
 * Attributes that are numbered and named by their place (`0.message.content`), as the lists and objects that
 * they were made from.
 *
 * @module
 */

import type { Json } from '../../src/lib/json.ts'

interface Branch {
  inner: Map<string, Branch>
  value?: Json
}

/** Names are text from outside: no name is deeper than its length, which is limited. */
export function nested(
  entries: readonly (readonly [place: string, value: Json])[],
): Json | undefined {
  const root: Branch = { inner: new Map() }
  for (const [place, value] of entries) {
    let branch = root
    for (const step of place.split('.')) {
      const next = branch.inner.get(step) ?? { inner: new Map() }
      branch.inner.set(step, next)
      branch = next
    }
    branch.value = value
  }
  return root.inner.size > 0 ? grow(root) : undefined
}

/** A list where all are numbered, in their order and without gaps: a number may be anything. */
function grow({ inner, value }: Branch): Json {
  if (inner.size === 0) return value ?? null
  const entries = [...inner].map(([name, branch]): [string, Json] => [name, grow(branch)])
  if (entries.every(([name]) => /^\d{1,9}$/.test(name))) {
    return entries.sort(([one], [other]) => Number(one) - Number(other)).map(([, item]) => item)
  }
  return Object.fromEntries(entries)
}
