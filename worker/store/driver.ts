/**
 * All that is asked of an SQLite engine, so that one adapter serves every host that has one.
 *
 * @module
 */

export type Value = string | number | null
export type Row = Record<string, Value>

export interface Driver {
  /** Runs all of it or, if it throws, nothing. Not nested. */
  transaction<T>(run: () => T): T
  /** Runs one statement. `R` names the columns that its text selects. */
  all<R extends Row>(sql: string, ...values: Value[]): R[]
}
