/**
 * The keys in the directory: found by hash, listed by project, revoked for good.
 *
 * @module
 */

import type { Driver, Row } from '../store/sqlite/driver.ts'
import { type Grant, type Scope, SCOPES } from './keys.ts'

/** A key as its owner sees it again: never the key itself. */
export interface KeyEntry {
  /** Names the key, and opens nothing. */
  id: string
  project: string
  name: string
  scopes: readonly Scope[]
  /** Pages of these origins may send with it. */
  origins: readonly string[]
  createdUs: number
}

export type NewKey = Omit<KeyEntry, 'createdUs'>

export interface KeyBook {
  /** What a key opens; nothing if it is unknown or revoked, or its project is removed. */
  grant(hash: string): Promise<Grant | undefined>
  /** Makes a key known, and its project if it is new. `false`: its hash or its id was known. */
  admit(hash: string, key: NewKey): Promise<boolean>
  /** The keys that are not revoked, in the order in which they were made. */
  keys(project: string): Promise<KeyEntry[]>
  /** Whether the project had such a key to revoke. */
  revoke(project: string, id: string): Promise<boolean>
  /** The origins that any key allows, of whatever project. */
  origins(): Promise<string[]>
}

export function keyBook(run: Driver['run'], nowUs: () => number): KeyBook {
  return {
    async grant(hash) {
      const [[key] = []] = await run([
        [
          `SELECT key.id, project, scopes, origins
            FROM key JOIN project ON project.name = key.project
            WHERE hash = ? AND revoked_us IS NULL AND removed_us IS NULL`,
          hash,
        ],
      ])
      return key && { ...readEntry(key), id: String(key.id), project: String(key.project) }
    },

    async admit(hash, { id, project, name, scopes, origins }) {
      const [, made = []] = await run([
        [
          `INSERT INTO project (name, title, created_us) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
          project,
          project,
          nowUs(),
        ],
        [
          `INSERT INTO key (hash, id, project, name, scopes, origins, created_us)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id`,
          hash,
          id,
          project,
          name,
          scopes.join(' '),
          origins.join(' '),
          nowUs(),
        ],
      ])
      return made.length === 1
    },

    async keys(project) {
      const [found = []] = await run([
        [
          `SELECT id, name, scopes, origins, created_us FROM key
            WHERE project = ? AND revoked_us IS NULL ORDER BY created_us, id`,
          project,
        ],
      ])
      return found.map((key) => ({
        id: String(key.id),
        project,
        name: String(key.name),
        createdUs: Number(key.created_us),
        ...readEntry(key),
      }))
    },

    async revoke(project, id) {
      const [revoked = []] = await run([
        [
          `UPDATE key SET revoked_us = ?
            WHERE project = ? AND id = ? AND revoked_us IS NULL RETURNING id`,
          nowUs(),
          project,
          id,
        ],
      ])
      return revoked.length === 1
    },

    async origins() {
      const [found = []] = await run([
        [`SELECT DISTINCT origins FROM key WHERE origins <> '' AND revoked_us IS NULL`],
      ])
      return [...new Set(found.flatMap(({ origins }) => words(origins)))]
    },
  }
}

function readEntry({ scopes, origins }: Row): { scopes: Scope[]; origins: string[] } {
  const named = words(scopes)
  return { scopes: SCOPES.filter((scope) => named.includes(scope)), origins: words(origins) }
}

function words(text: Row[string] | undefined): string[] {
  return typeof text === 'string' && text !== '' ? text.split(' ') : []
}
