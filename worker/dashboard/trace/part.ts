/**
 * Which rows of a trace a page has. A short one is there whole; of a long one a part around what is
 * read, from which links lead to the others.
 *
 * @module
 */

/** A trace of more rows than this is shown in parts. */
export const WHOLE = 500

/** The rows of a part: what a page can be made of and shown in no time. */
export const PART = 200

/** So many stand before the row that a part is about. */
const LEAD = 8

/** What a script may ask for at once. */
const MAX_ROWS = 400

export interface Part {
  /** The numbers of the rows, in order. */
  rows: readonly number[]
  /** The first, where the part is one that links lead from; rows that a script asks for may lie anywhere. */
  from: number | undefined
}

export interface Wanted {
  /** The first row. */
  from: number | undefined
  /** These rows and no others. */
  only: readonly number[] | undefined
  /** The row that the part is about. */
  about: number
}

export function partOf(total: number, { from, only, about }: Wanted): Part {
  if (only) return { rows: only.filter((row) => row < total), from: undefined }
  if (total <= WHOLE) return { rows: numbers(0, total), from: 0 }
  const asked = from ?? (about < PART ? 0 : about - LEAD)
  const first = asked < total ? asked : 0
  return { rows: numbers(first, Math.min(first + PART, total)), from: first }
}

/** `7-20.31`: rows by their numbers, at most {@link MAX_ROWS}. */
export function readRows(text: string | undefined): number[] | undefined {
  if (text === undefined || !/^\d{1,9}(-\d{1,9})?(\.\d{1,9}(-\d{1,9})?)*$/.test(text))
    return undefined
  const rows: number[] = []
  for (const stretch of text.split('.')) {
    const [first = 0, last = first] = stretch.split('-').map(Number)
    const room = MAX_ROWS - rows.length
    rows.push(...numbers(first, Math.min(last + 1, first + room)))
  }
  return rows
}

export function readRow(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: Math.max(to - from, 0) }, (_, index) => from + index)
}
