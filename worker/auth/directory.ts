/**
 * The directory of a deployment: its projects, the keys to them, their settings, and what logins need.
 *
 * One SQLite database on any driver. Every change is one transaction, so that two isolates or two
 * processes can make changes at once.
 *
 * @module
 */

import type { Driver } from '../store/sqlite/driver.ts'
import { migrate } from '../store/sqlite/migrate.ts'
import { MIGRATIONS } from './directory-schema.ts'
import { type KeyBook, keyBook } from './key-book.ts'
import { type LoginBook, loginBook } from './login-book.ts'
import { type ProjectBook, projectBook } from './project-book.ts'

export type Directory = KeyBook & ProjectBook & LoginBook

/** @param now Milliseconds since 1970. */
export function directory(driver: Driver, now: () => number = Date.now): Directory {
  let migrated: Promise<void> | undefined

  async function run(...parameters: Parameters<Driver['run']>): ReturnType<Driver['run']> {
    migrated ??= migrate(driver, MIGRATIONS).catch((error: unknown) => {
      migrated = undefined // the next question tries again
      throw error
    })
    await migrated
    return driver.run(...parameters)
  }

  const nowUs = () => Math.round(now() * 1000)
  return { ...keyBook(run, nowUs), ...projectBook(run, nowUs), ...loginBook(run, nowUs) }
}
