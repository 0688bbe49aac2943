/**
 * What two lists have in common, in order: the longest such sequence, or an honest guess where finding it
 * would take too long.
 *
 * Time grows with the square of what differs, and whoever wrote a prompt decides how much that is. All
 * that one page compares shares one `Effort`. It is counted and not timed: the clock of a Worker stands
 * still while it computes, and the same page has to say the same twice.
 *
 * @module
 */

import { diffArrays } from 'diff'

/** What is left to spend, in single comparisons. */
export interface Effort {
  left: number
}

/** A fraction of a second at worst. */
const PAGE_EFFORT = 10_000_000

export function pageEffort(): Effort {
  return { left: PAGE_EFFORT }
}

export type Side = 'a' | 'b' | 'both'

export interface Run {
  side: Side
  count: number
}

export interface Common {
  runs: Run[]
  /** What lies between the beginning and the end that both share was too much to compare. */
  isRough: boolean
}

export function common(a: readonly string[], b: readonly string[], effort: Effort): Common {
  const [head, tail] = ends(a, b)
  const [restA, restB] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)]
  const found = between(restA, restB, effort)
  const all: Run[] = [
    { side: 'both', count: head },
    ...(found ?? replaced(restA.length, restB.length)),
    { side: 'both', count: tail },
  ]
  return { runs: all.filter(({ count }) => count > 0), isRough: found === undefined }
}

/** How many both begin with, and how many of the rest they end with. */
function ends(a: readonly string[], b: readonly string[]): [head: number, tail: number] {
  const shorter = Math.min(a.length, b.length)
  let head = 0
  while (head < shorter && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1
  return [head, tail]
}

function between(a: readonly string[], b: readonly string[], effort: Effort): Run[] | undefined {
  if (a.length === 0 || b.length === 0) return replaced(a.length, b.length)
  // Each edit more may walk along all of both.
  const length = a.length + b.length
  const maxEditLength = Math.floor(Math.max(effort.left, 0) / length)
  const found = diffArrays([...a], [...b], { maxEditLength })
  if (!found) {
    effort.left -= maxEditLength * length
    return undefined
  }
  const runs = found.map(({ added, removed, count }): Run => {
    return { side: added ? 'b' : removed ? 'a' : 'both', count }
  })
  const edits = runs.reduce((sum, run) => sum + (run.side === 'both' ? 0 : run.count), 0)
  effort.left -= edits * length
  return runs
}

function replaced(a: number, b: number): Run[] {
  return [
    { side: 'a', count: a },
    { side: 'b', count: b },
  ]
}

/** An item of each list where both have it, else of one of them. */
export type Pair<T> = { a: T; b: T } | { a: T; b: undefined } | { a: undefined; b: T }

export interface Pairing<T> {
  pairs: Pair<T>[]
  isRough: boolean
}

/**
 * Pairs items that have the same key, in order: each item once, those of A before those of B where they
 * have no partner.
 */
export function paired<T>(
  a: readonly T[],
  b: readonly T[],
  keyOf: (item: T) => string,
  effort: Effort,
): Pairing<T> {
  const { runs, isRough } = common(a.map(keyOf), b.map(keyOf), effort)
  const pairs: Pair<T>[] = []
  let [atA, atB] = [0, 0]
  /** Of a rough middle: what is A's, before what is B's. */
  let alone: T[] = []
  for (const { side, count } of runs) {
    const [ofA, ofB] = [a.slice(atA, atA + count), b.slice(atB, atB + count)]
    if (side !== 'b') atA += count
    if (side !== 'a') atB += count
    if (side === 'both') pairs.push(...zipped(ofA, ofB))
    else if (side === 'a' && isRough) alone = ofA
    else if (side === 'a') pairs.push(...ofA.map((item) => ({ a: item, b: undefined })))
    else if (isRough) pairs.push(...guessed(alone, ofB, keyOf))
    else pairs.push(...ofB.map((item) => ({ a: undefined, b: item })))
  }
  return { pairs, isRough }
}

function zipped<T>(a: readonly T[], b: readonly T[]): Pair<T>[] {
  return a.flatMap((item, index) => {
    const other = b[index]
    return other === undefined ? [] : [{ a: item, b: other }]
  })
}

/** How far ahead a partner is looked for, so that one far away does not leave all before it alone. */
const REACH = 40

/** The next with the same key, if it is near. */
function guessed<T>(a: readonly T[], b: readonly T[], keyOf: (item: T) => string): Pair<T>[] {
  const pairs: Pair<T>[] = []
  const keys = b.map(keyOf)
  let next = 0
  for (const item of a) {
    const ahead = keys.slice(next, next + REACH).indexOf(keyOf(item))
    const other = ahead < 0 ? undefined : b[next + ahead]
    if (other === undefined) {
      pairs.push({ a: item, b: undefined })
      continue
    }
    pairs.push(...b.slice(next, next + ahead).map((one) => ({ a: undefined, b: one })))
    pairs.push({ a: item, b: other })
    next += ahead + 1
  }
  return [...pairs, ...b.slice(next).map((one) => ({ a: undefined, b: one }))]
}
