/**
 * The oldest releases of Node that are supported, beside the one that runs the tests.
 *
 * They are packages, in a folder of their own that npm fills from its lock file when they are first
 * asked for: `npm ci` in `test/support/nodes`. None of them is ever found by the name `node`.
 *
 * @module
 */

import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('nodes', import.meta.url))

type Major = 20 | 22

/** The program of a release. */
export function nodeOf(major: Major): string {
  const program = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node'
  return join(folder, 'node_modules', nameOf(major), program)
}

/** Fetches what is not there. Where that fails the tests that need it do, and no others. */
export async function setup(): Promise<void> {
  if (isThere(20) && isThere(22)) return
  await run('npm', ['ci'], { cwd: folder }).catch((error: Error) => console.error(error.message))
  if (!isThere(20) || !isThere(22)) console.error(MISSING)
}

function nameOf(major: Major): string {
  return `node-${major}-${process.platform}-${process.arch}`
}

/** As the lock file has it. npm writes its list when all else is done. */
function isThere(major: Major): boolean {
  const wanted = versionIn('package-lock.json', major)
  const found = versionIn('node_modules/.package-lock.json', major)
  return wanted !== undefined && wanted === found && existsSync(nodeOf(major))
}

function versionIn(lock: string, major: Major): string | undefined {
  const file = join(folder, lock)
  if (!existsSync(file)) return undefined
  const { packages }: { packages: Record<string, { version: string }> } = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  return packages[`node_modules/${nameOf(major)}`]?.version
}

/** What to do about it. */
export const MISSING: string =
  `Node 20 and 22 for ${process.platform} ${process.arch} could not be installed, on which the ` +
  `package has to be shown to work: run "npm ci" in ${folder} and see what it says.`
