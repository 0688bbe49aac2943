/**
 * The SQLite of a Durable Object.
 *
 * @module
 */

import type { Driver, Row, Value } from './driver.ts'

export function durableDriver(storage: DurableObjectStorage): Driver {
  return {
    transaction: (run) => storage.transactionSync(run),
    all: <R extends Row>(sql: string, ...values: Value[]) =>
      storage.sql.exec<R>(sql, ...values).toArray(),
  }
}
