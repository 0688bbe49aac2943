/** The SQLite that Node brings, as a driver. */

import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Driver, Row, Value } from '../../worker/store/driver.ts'
import { type ProjectStore, sqliteStore } from '../../worker/store/sqlite.ts'
import type { Store } from '../../worker/store/store.ts'

/** @param path A file, or `:memory:`. */
export function nodeDriver(path = ':memory:'): Driver & Disposable {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL')
  const statements = new Map<string, StatementSync>()

  function prepared(sql: string): StatementSync {
    const statement = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }

  return {
    all: <R extends Row>(sql: string, ...values: Value[]) =>
      // The columns are those that the text names; rows come without a prototype.
      prepared(sql)
        .all(...values)
        .map((row) => ({ ...row })) as R[],
    transaction(run) {
      database.exec('BEGIN IMMEDIATE')
      try {
        const result = run()
        database.exec('COMMIT')
        return result
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
    },
    [Symbol.dispose]: () => database.close(),
  }
}

/** A store with one database a project. */
export function storeOf(open: (project: string) => ProjectStore): Store {
  const projects = new Map<string, ProjectStore>()
  function project(name: string): ProjectStore {
    const opened = projects.get(name) ?? open(name)
    projects.set(name, opened)
    return opened
  }
  return {
    write: async (name, changes) => project(name).write(changes),
    list: async (name, query) => project(name).list(query),
    trace: async (name, traceId) => project(name).trace(traceId),
    span: async (name, id) => project(name).span(id),
    values: async (name, field) => project(name).values(field),
  }
}

export function memoryStore(): Store {
  return storeOf(() => sqliteStore(nodeDriver()))
}
