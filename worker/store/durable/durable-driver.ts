/**
 * The SQLite of a Durable Object.
 *
 * @module
 */

import type { Driver, Row, Value } from '../sqlite/driver.ts'
import { refusalOf } from '../sqlite/engine-error.ts'

export function durableDriver(storage: DurableObjectStorage): Driver {
  return {
    async run(statements) {
      try {
        return storage.transactionSync(() =>
          statements.map(([text, ...values]) =>
            storage.sql
              .exec(text, ...values)
              .toArray()
              .map(toRow),
          ),
        )
      } catch (error) {
        throw refusalOf(error)
      }
    },
  }
}

/** Blobs come as buffers. */
function toRow(row: Record<string, SqlStorageValue>): Row {
  for (const name in row) {
    const value = row[name]
    if (value instanceof ArrayBuffer) Object.assign(row, { [name]: new Uint8Array(value) })
  }
  return row as Record<string, Value>
}
