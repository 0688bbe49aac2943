/**
 * Who is known: projects, and the keys to them.
 *
 * @module
 */

import { type Driver, rowsOf } from '../store/sqlite/driver.ts'
import { migrate, type Migration } from '../store/sqlite/migrate.ts'
import { type Grant, type Scope, SCOPES } from './keys.ts'

const MIGRATIONS: readonly Migration[] = [
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
]

/** A key as its owner sees it again: never the key itself. */
export interface KeyEntry {
  /** Names the key, and opens nothing. */
  id: string
  project: string
  name: string
  scopes: readonly Scope[]
}

export interface DirectoryBook {
  find(hash: string): Promise<Grant | undefined>
  /** Makes a key known, and its project if it is new. The same hash again changes nothing. */
  admit(hash: string, key: KeyEntry): Promise<void>
  /** Whether there was such a key to revoke. */
  revoke(id: string): Promise<boolean>
}

/** The book in a database, which is brought up to date before the first question. */
export function directory(driver: Driver, now: () => number = Date.now): DirectoryBook {
  let opening: Promise<void> | undefined
  const nowUs = () => Math.round(now() * 1000)

  function ready(): Promise<void> {
    opening ??= migrate(driver, MIGRATIONS).catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }

  return {
    async find(hash) {
      await ready()
      const [key] = await rowsOf<{ project: string; scopes: string }>(
        driver,
        `SELECT project, scopes FROM key WHERE hash = ? AND revoked_us IS NULL`,
        hash,
      )
      return key && { project: key.project, scopes: readScopes(key.scopes) }
    },
    async admit(hash, { id, project, name, scopes }) {
      await ready()
      await driver.run([
        [
          `INSERT INTO project (name, created_us) VALUES (?, ?) ON CONFLICT (name) DO NOTHING`,
          project,
          nowUs(),
        ],
        [
          `INSERT INTO key (hash, id, project, name, scopes, created_us) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (hash) DO NOTHING`,
          hash,
          id,
          project,
          name,
          scopes.join(' '),
          nowUs(),
        ],
      ])
    },
    async revoke(id) {
      await ready()
      const revoked = await rowsOf(
        driver,
        `UPDATE key SET revoked_us = ? WHERE id = ? AND revoked_us IS NULL RETURNING id`,
        nowUs(),
        id,
      )
      return revoked.length === 1
    },
  }
}

function readScopes(text: string): Scope[] {
  const words = text.split(' ')
  return SCOPES.filter((scope) => words.includes(scope))
}
