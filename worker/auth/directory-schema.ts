/**
 * The tables of the directory, forward only: a version that was released is never edited.
 *
 * @module
 */

import type { Migration } from '../store/sqlite/migrate.ts'

export const MIGRATIONS: readonly Migration[] = [
  [
    `CREATE TABLE project (name TEXT NOT NULL PRIMARY KEY, created_us INTEGER NOT NULL) STRICT`,
    `CREATE TABLE key (
      hash TEXT NOT NULL PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      project TEXT NOT NULL REFERENCES project (name),
      name TEXT NOT NULL,
      scopes TEXT NOT NULL,
      created_us INTEGER NOT NULL,
      revoked_us INTEGER
    ) STRICT`,
  ],
  [
    // `name` stays what a project's data is found by, and is never used a second time. What people
    // call it can change.
    `ALTER TABLE project ADD COLUMN title TEXT NOT NULL DEFAULT ''`,
    `UPDATE project SET title = name`,
    `ALTER TABLE project ADD COLUMN settings TEXT NOT NULL DEFAULT '{}'`,
    `ALTER TABLE project ADD COLUMN removed_us INTEGER`,
    `ALTER TABLE key ADD COLUMN origins TEXT NOT NULL DEFAULT ''`,
    `CREATE INDEX key_of_project ON key (project, created_us)`,
    `CREATE TABLE secret (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT`,
    `CREATE TABLE attempt (
      source TEXT NOT NULL PRIMARY KEY,
      since_us INTEGER NOT NULL,
      count INTEGER NOT NULL
    ) STRICT`,
  ],
]
