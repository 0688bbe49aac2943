/**
 * Brings a database to the newest schema, forward only.
 *
 * All steps that are missing run in one transaction, so that an interrupted start leaves the old
 * schema, and a database that a newer program wrote is not touched.
 *
 * @module
 */

import type { Driver } from './driver.ts'
import { StoreError } from './errors.ts'

/** The statements of one version. The first one makes version 1. */
export type Migration = readonly string[]

/** @throws {StoreError} `newer_schema` */
export function migrate(driver: Driver, migrations: readonly Migration[]): void {
  const { all, transaction } = driver
  transaction(() => {
    all(`CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY) STRICT`)
    const [found] = all<{ version: number | null }>(`SELECT max(version) AS version FROM migration`)
    const version = found?.version ?? 0
    if (version > migrations.length) {
      throw new StoreError(
        'newer_schema',
        `the database has schema ${version} and this program knows ${migrations.length}: run a newer one`,
      )
    }
    for (const [index, statements] of migrations.entries()) {
      if (index >= version) {
        statements.forEach((statement) => all(statement))
        all(`INSERT INTO migration (version) VALUES (?)`, index + 1)
      }
    }
  })
}
