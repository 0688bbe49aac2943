/**
 * SQLite on a file, by the module `node:sqlite` that Node, Bun and Deno bring.
 *
 * Several processes may have one file open. Who finds it locked waits without holding up anything else.
 *
 * @module
 */

import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Driver, Row, Statement } from '../store/sqlite/driver.ts'
import { refusalOf } from '../store/sqlite/engine-error.ts'
import { StoreError } from '../store/errors.ts'

export interface FileDriver extends Driver, Disposable {}

export interface FileOptions {
  /** The file has to be there already. */
  readOnly?: boolean
  /** A file that would be larger is full. */
  maxBytes?: number
  /** How long to wait for another process that holds the file. */
  lockedMs?: number
}

const LOCKED_MS = 5000
const RETRY_MS = 20

/** What a new file waits for while another process makes it. */
const OPENING_MS = 1000

/** More than there are texts, but for those that a question makes up. */
const MAX_PREPARED = 300

/** As SQLite has it unless told. */
const PAGE_BYTES = 4096

/** As rarely as it helps: pages that are written again and again are copied once. */
const CHECKPOINT_PAGES = 4000

/** The log of a busy moment does not stay this large. */
const MAX_LOG_BYTES = 64 * 1024 * 1024

/**
 * @param path A file, or `:memory:`.
 * @throws {StoreError} Every method as well: `full`, `locked`, `read_only`, `damaged`, `unavailable`.
 */
export function nodeDriver(
  path = ':memory:',
  { readOnly = false, lockedMs = LOCKED_MS, maxBytes }: FileOptions = {},
): FileDriver {
  const database = open(path, readOnly)
  if (maxBytes !== undefined) database.exec(`PRAGMA max_page_count = ${pages(maxBytes)}`)
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

  function transaction(statements: readonly Statement[]): Row[][] {
    // Who only reads never waits for who writes.
    database.exec(statements.every(isReading) ? 'BEGIN' : 'BEGIN IMMEDIATE')
    try {
      const rows = statements.map(([text, ...values]) => prepare(text).all(...values) as Row[])
      database.exec('COMMIT')
      return rows
    } catch (error) {
      try {
        database.exec('ROLLBACK')
      } catch {
        // An engine that is out of room has rolled back by itself.
      }
      throw error
    }
  }

  return {
    async run(statements) {
      const untilMs = performance.now() + lockedMs
      for (;;) {
        try {
          return transaction(statements)
        } catch (error) {
          const refusal = refusalOf(error)
          const isLocked = refusal instanceof StoreError && refusal.code === 'locked'
          if (!isLocked || performance.now() >= untilMs) throw refusal
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      }
    },
    [Symbol.dispose]: () => database.close(),
  }
}

function open(path: string, readOnly: boolean): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { readOnly })
    database.exec(`PRAGMA busy_timeout = ${OPENING_MS}`)
    if (readOnly) {
      database.exec('SELECT 1 FROM sqlite_schema LIMIT 1') // says now if it is none
    } else {
      // FULL, as what was accepted has to outlive a power cut as well.
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
      database.exec(`PRAGMA journal_size_limit = ${MAX_LOG_BYTES}`)
      database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    }
    database.exec('PRAGMA busy_timeout = 0') // from here on `run` waits, and not the whole process
    addLogarithm(database)
    return database
  } catch (error) {
    database?.close()
    throw refusalOf(error)
  }
}

function pages(bytes: number): number {
  return Math.max(1, Math.floor(bytes / PAGE_BYTES))
}

/** Deno's SQLite is made without mathematics. */
function addLogarithm(database: DatabaseSync): void {
  try {
    database.exec('SELECT ln(1)')
  } catch {
    database.function('ln', { deterministic: true }, (value) =>
      typeof value === 'number' && value > 0 ? Math.log(value) : null,
    )
  }
}

function isReading([text]: Statement): boolean {
  return /^\s*(?:SELECT|WITH)\b/i.test(text)
}
