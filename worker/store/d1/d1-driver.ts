/**
 * The SQLite of D1: a batch is one transaction.
 *
 * @see https://developers.cloudflare.com/d1/worker-api/d1-database/#batch
 * @module
 */

import type { Driver, Row, Value } from '../sqlite/driver.ts'
import { refusalOf } from '../sqlite/engine-error.ts'
import { apart } from './apart.ts'

/** More than there are texts, but for those that a question makes up. */
const MAX_TEXTS = 300

/** @param prefix Of the tables that are meant, as `apart` has it. */
export function d1Driver(database: D1Database, prefix: string): Driver {
  const texts = new Map<string, string>()

  function own(text: string): string {
    const known = texts.get(text)
    if (known !== undefined) return known
    const made = apart(text, prefix)
    if (texts.size < MAX_TEXTS) texts.set(text, made)
    return made
  }

  return {
    async run(statements) {
      if (statements.length === 0) return []
      const prepared = statements.map(([text, ...values]) =>
        database.prepare(own(text)).bind(...values),
      )
      try {
        const results = await database.batch<Record<string, unknown>>(prepared)
        return results.map(({ results: rows }) => rows.map(toRow))
      } catch (error) {
        throw refusalOf(error)
      }
    },
  }
}

/** Blobs come as arrays of numbers. */
function toRow(row: Record<string, unknown>): Row {
  for (const name in row) {
    const value = row[name]
    if (Array.isArray(value)) Object.assign(row, { [name]: Uint8Array.from(value) })
  }
  return row as Record<string, Value>
}
