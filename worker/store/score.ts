/**
 * What somebody, or a program, thinks of a step: scores by name, of which the latest of each counts.
 *
 * @module
 */

export interface Score {
  /** A number, or a word such as `good`. `null`: it was taken back. */
  value: number | string | null
  note?: string
  /** Who gave it. */
  by?: string
  /** When, in milliseconds since 1970. */
  atMs: number
}

export type Scores = Readonly<Record<string, Score>>

/** A letter comes first, so that none is called `__proto__`. */
export const SCORE_NAME = /^[a-z][\w.-]{0,59}$/i
export const MAX_SCORE_CHARS = 100
export const MAX_NOTE_CHARS = 2000
/** Of one step. */
export const MAX_SCORES = 50

/** The same in any order. Beyond what a step may have, names that are new are left out. */
export function mergeScores(known: Scores | null, told: Scores | null): Scores | null {
  if (known === null || told === null) return known ?? told
  const merged = new Map(Object.entries(known))
  for (const [name, score] of Object.entries(told)) {
    const before = merged.get(name)
    if (before ? isLater(score, before) : merged.size < MAX_SCORES) merged.set(name, score)
  }
  return Object.fromEntries([...merged].toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

function isLater(one: Score, other: Score): boolean {
  if (one.atMs !== other.atMs) return one.atMs > other.atMs
  return JSON.stringify(one) > JSON.stringify(other)
}

/** Without those that were taken back. */
export function validScores(scores: Scores | null | undefined): Scores {
  return Object.fromEntries(Object.entries(scores ?? {}).filter(([, { value }]) => value !== null))
}
