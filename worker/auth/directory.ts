/**
 * Who is known: projects, and the keys to them.
 *
 * @module
 */

import type { Driver } from '../store/driver.ts'
import { migrate, type Migration } from '../store/migrate.ts'
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
  find(hash: string): Grant | undefined
  /** Makes a key known, and its project if it is new. The same hash again changes nothing. */
  admit(hash: string, key: KeyEntry): void
  /** Whether there was such a key to revoke. */
  revoke(id: string): boolean
}

export function directory(driver: Driver, now: () => number = Date.now): DirectoryBook {
  migrate(driver, MIGRATIONS)
  const { all, transaction } = driver
  const nowUs = () => Math.round(now() * 1000)

  return {
    find(hash) {
      const [key] = all<{ project: string; scopes: string }>(
        `SELECT project, scopes FROM key WHERE hash = ? AND revoked_us IS NULL`,
        hash,
      )
      return key && { project: key.project, scopes: readScopes(key.scopes) }
    },
    admit(hash, { id, project, name, scopes }) {
      transaction(() => {
        all(
          `INSERT INTO project (name, created_us) VALUES (?, ?) ON CONFLICT (name) DO NOTHING`,
          project,
          nowUs(),
        )
        all(
          `INSERT INTO key (hash, id, project, name, scopes, created_us) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (hash) DO NOTHING`,
          hash,
          id,
          project,
          name,
          scopes.join(' '),
          nowUs(),
        )
      })
    },
    revoke(id) {
      const revoked = all(
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
