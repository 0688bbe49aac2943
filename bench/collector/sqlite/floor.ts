/**
 * The least that SQLite can do with the same rows: the tables and indexes of the store as they are, a
 * prepared statement for each, a transaction for each batch, and nothing looked up, merged or decided.
 */

import { DatabaseSync } from 'node:sqlite'
import { nodeDriver } from '../../../worker/node/node-driver.ts'
import { rowsOf } from '../../../worker/store/sqlite/driver.ts'

/** All that the store has in the tables that a write fills, in the order in which it was written. */
const TABLES = ['span', 'body', 'trace', 'label', 'unread'] as const

export interface Floor {
  spansPerSecond: number
  cpuPerSpan: number
}

/** @param from A file that the store has written, @param to a new one. */
export async function floor(
  from: string,
  to: string,
  { spans, perBatch }: { spans: number; perBatch: number },
): Promise<Floor> {
  using source = nodeDriver(from)
  const schema = await rowsOf<{ sql: string }>(
    source,
    `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
      AND name NOT LIKE 'words_%'`,
  )
  const tables = await Promise.all(
    TABLES.map(async (table) => {
      const rows = await rowsOf(source, `SELECT * FROM ${table}`)
      const columns = Object.keys(rows[0] ?? {})
      const places = columns.map(() => '?').join(', ')
      return {
        rows: rows.map((row) => Object.values(row)),
        text: `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`,
      }
    }),
  )

  const database = new DatabaseSync(to)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  for (const { sql } of schema) database.exec(sql)
  const prepared = tables.map(({ text, rows }) => ({ insert: database.prepare(text), rows }))
  const batches = Math.ceil(spans / perBatch)
  const start = performance.now()
  const before = process.cpuUsage()
  for (let batch = 0; batch < batches; batch += 1) {
    database.exec('BEGIN IMMEDIATE')
    for (const { insert, rows } of prepared) {
      const [from, to] = [batch, batch + 1].map((at) => Math.floor((rows.length * at) / batches))
      for (const row of rows.slice(from, to)) insert.run(...row)
    }
    database.exec('COMMIT')
  }
  const cpu = process.cpuUsage(before)
  const seconds = (performance.now() - start) / 1000
  database.close()
  return { spansPerSecond: spans / seconds, cpuPerSpan: (cpu.user + cpu.system) / spans }
}
