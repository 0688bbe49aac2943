/**
 * Brings the database to the newest schema, forward only.
 *
 * There are no transactions here: every statement may be run again, and a step counts when all of its
 * statements have been. So who is interrupted, or comes at the same time, does no harm.
 *
 * @module
 */

import { StoreError } from '../errors.ts'
import type { Connection } from './client.ts'
import { type Migration, migrations, migrationTable, type SchemaOptions } from './schema.ts'

/** @throws {StoreError} `newer_schema` */
export async function migrate(
  connection: Connection,
  options: SchemaOptions = {},
  steps: readonly Migration[] = migrations(options),
): Promise<void> {
  const { cluster } = options
  const on = cluster === undefined ? '' : ` ON CLUSTER '${cluster}'`
  await connection.define(`CREATE DATABASE IF NOT EXISTS ${connection.database}${on}`)
  await connection.define(migrationTable(options))
  const [found] = await connection.ask<{ version: number }>(
    `SELECT max(version) AS version FROM migration`,
  )
  const version = found?.version ?? 0
  if (version > steps.length) {
    throw new StoreError(
      'newer_schema',
      `the database has schema ${version} and this program knows ${steps.length}: run a newer one`,
    )
  }
  for (const [index, statements] of steps.entries()) {
    if (index < version) continue
    for (const statement of statements) await connection.define(statement)
    await connection.insert('migration', [{ version: index + 1 }])
  }
}
