/**
 * What the programs are made with: packages of others in a folder of their own, which npm fills from its
 * lock file when they are first asked for: `npm ci` in `test/senders/programs`.
 *
 * @module
 */

import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const PROGRAMS: string = fileURLToPath(new URL('programs', import.meta.url))

/** Fetches what is not there, or is not what the lock file has. */
export async function setup(): Promise<void> {
  if (isThere()) return
  await run('npm', ['ci'], { cwd: PROGRAMS }).catch((error: Error) => console.error(error.message))
  if (!isThere()) console.error(MISSING)
}

/** npm writes its list when all else is done. */
function isThere(): boolean {
  const found = versionsIn('node_modules/.package-lock.json')
  return Object.entries(versionsIn('package-lock.json')).every(
    ([name, version]) => name === '' || found[name] === version,
  )
}

function versionsIn(lock: string): Record<string, string | undefined> {
  const file = join(PROGRAMS, lock)
  if (!existsSync(file)) return {}
  const { packages }: { packages: Record<string, { version?: string; optional?: boolean }> } =
    JSON.parse(readFileSync(file, 'utf8'))
  const wanted = Object.entries(packages).filter(([, { optional }]) => optional !== true)
  return Object.fromEntries(wanted.map(([name, { version }]) => [name, version]))
}

/** What to do about it. */
export const MISSING: string =
  'The packages of other tracers could not be installed, whose spans the collector has to be shown ' +
  `to understand: run "npm ci" in ${PROGRAMS} and see what it says.`
