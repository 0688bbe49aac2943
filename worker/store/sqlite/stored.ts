/**
 * Rows as they come from the engine, and what is known by them.
 *
 * @module
 */

import { body, type Body, type Known } from '../merge.ts'
import { join, namesIn } from './pieces.ts'
import { type StoredSpan, toKnown } from './rows.ts'

export interface Stored {
  columns: StoredSpan
  known: Known
}

/** Whether an older version of this program wrote it: it has no labels and no words yet. */
export function isOld({ rev }: StoredSpan): boolean {
  return rev === 0
}

/** The names of the pieces that `storedOf` needs. */
export function neededPieces(row: StoredSpan): string[] {
  const columns = isOld(row) ? [row.facts, row.input, row.output] : [row.facts]
  return columns.flatMap(namesIn)
}

/** An old row with its bodies: all that is made of them is yet to be made. */
export function storedOf(columns: StoredSpan, pieces: ReadonlyMap<string, Uint8Array>): Stored {
  const known = toKnown(columns, join(columns.facts, pieces))
  if (!isOld(columns)) return { columns, known }
  const whole = (column: string | null): Body | null =>
    column === null ? null : body(JSON.parse(join(column, pieces)))
  return {
    columns,
    known: { ...known, input: whole(columns.input), output: whole(columns.output) },
  }
}
