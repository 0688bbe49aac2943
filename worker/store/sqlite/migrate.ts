/**
 * Brings a database to the newest schema, forward only.
 *
 * All steps that are missing run in one transaction, so that an interrupted start leaves the old
 * schema, and a database that a newer program wrote is not touched.
 *
 * @module
 */

import { type Driver, rowsOf, type Statement } from './driver.ts'
import { StoreError } from '../errors.ts'

/** The statements of one version. The first one makes version 1. */
export type Migration = readonly string[]

/** @throws {StoreError} `newer_schema` */
export async function migrate(driver: Driver, migrations: readonly Migration[]): Promise<void> {
  const version = await schemaVersion(driver)
  if (version > migrations.length) {
    throw new StoreError(
      'newer_schema',
      `the database has schema ${version} and this program knows ${migrations.length}: run a newer one`,
    )
  }
  if (version === migrations.length) return
  const missing = migrations.slice(version).flatMap((statements, index): Statement[] => [
    // First: whoever comes second fails here, and has nothing to do.
    [`INSERT INTO migration (version) VALUES (?)`, version + index + 1],
    ...statements.map((text): Statement => [text]),
  ])
  await driver.run(missing).catch(async (error: unknown) => {
    if ((await schemaVersion(driver)) !== migrations.length) throw error
  })
}

/** A database that is up to date is read and not written: it may be one that cannot be. */
async function schemaVersion(driver: Driver): Promise<number> {
  const question = `SELECT max(version) AS version FROM migration`
  try {
    const [found] = await rowsOf<{ version: number | null }>(driver, question)
    return found?.version ?? 0
  } catch (error) {
    if (!(error instanceof Error && /no such table/.test(error.message))) throw error
    await driver.run([
      [`CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY) STRICT`],
    ])
    return 0
  }
}
