/**
 * All that is asked of an SQLite engine, so that one adapter serves every host that has one.
 *
 * @module
 */

export type Value = string | number | null | Uint8Array
export type Row = Record<string, Value>

/** A text and the values of its parameters, in order. */
export type Statement = readonly [text: string, ...values: Value[]]

export interface Driver {
  /** Runs all of them in one transaction or, if one fails, none. Gives the rows of each. */
  run(statements: readonly Statement[]): Promise<Row[][]>
}

/** The rows of one statement. `R` names the columns that its text selects. */
export async function rowsOf<R extends Row>(
  driver: Driver,
  text: string,
  ...values: Value[]
): Promise<R[]> {
  const [rows] = await driver.run([[text, ...values]])
  return typed<R>(rows)
}

/** Rows as the text of their statement names and casts them. */
export function typed<R extends Row>(rows: Row[] | undefined): R[] {
  return (rows ?? []) as R[]
}
