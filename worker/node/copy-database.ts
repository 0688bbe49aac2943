/**
 * A copy of a database, as it is at one moment, whoever writes to it.
 *
 * @see https://www.sqlite.org/lang_vacuum.html#vacuuminto
 * @module
 */

import { DatabaseSync } from 'node:sqlite'
import { StoreError } from '../store/errors.ts'
import { refusalOf } from '../store/sqlite/engine-error.ts'

/** While another program makes or migrates it. */
const LOCKED_MS = 10_000

/**
 * @param to A file that is not there.
 * @throws {StoreError} `damaged`, also where only reading through it shows that it is.
 */
export function copyDatabase(from: string, to: string): void {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(from)
    database.exec(`PRAGMA busy_timeout = ${LOCKED_MS}`)
    database.prepare('VACUUM INTO ?').run(to)
    const copy = new DatabaseSync(to)
    try {
      const found = copy.prepare('PRAGMA quick_check(1)').get()
      if (found?.quick_check !== 'ok') {
        throw new StoreError('damaged', 'the database is damaged: put a backup in its place')
      }
    } finally {
      copy.close()
    }
  } catch (error) {
    throw refusalOf(error)
  } finally {
    database?.close()
  }
}
