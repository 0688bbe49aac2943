/**
 * The SQLite that Node and Deno bring, on a file.
 *
 * @module
 */

import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Driver, Row } from '../store/sqlite/driver.ts'

export interface FileDriver extends Driver, Disposable {}

/** How long a statement waits for another process that writes to the file. */
const BUSY_MS = 5000

/** More than there are texts, but for those that a question makes up. */
const MAX_PREPARED = 300

/** @param path A file, or `:memory:`. */
export function nodeDriver(path = ':memory:'): FileDriver {
  const database = new DatabaseSync(path, { timeout: BUSY_MS })
  // FULL, as what was accepted has to outlive a power cut as well.
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000',
  )
  const prepared = new Map<string, StatementSync>()

  function prepare(text: string): StatementSync {
    const known = prepared.get(text)
    if (known) return known
    const statement = database.prepare(text)
    const [oldest] = prepared.keys()
    if (prepared.size >= MAX_PREPARED && oldest !== undefined) prepared.delete(oldest)
    prepared.set(text, statement)
    return statement
  }

  return {
    async run(statements) {
      database.exec('BEGIN IMMEDIATE')
      try {
        const rows = statements.map(([text, ...values]) => prepare(text).all(...values) as Row[])
        database.exec('COMMIT')
        return rows
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
    },
    [Symbol.dispose]: () => database.close(),
  }
}
