/**
 * Where a project's database is, in the folder of all of them.
 *
 * The names of projects come from outside. One that is no plain word becomes its hash, so that none ever
 * leads out of the folder, meets a name that a file system keeps for itself, or differs from another by
 * case alone.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import { join } from 'node:path'

/** As ids of projects are: lower case, and short. */
const PLAIN = /^[0-9a-z](?:[0-9a-z-]{0,62}[0-9a-z])?$/

export const DIRECTORY_FILE = 'directory.sqlite'

export function projectFile(folder: string, project: string): string {
  return join(folder, projectFileName(project))
}

export function projectFileName(project: string): string {
  return PLAIN.test(project) ? `project-${project}.sqlite` : `project_${hash(project)}.sqlite`
}

/** Whether a file in the folder is one of ours. */
export function isStoreFile(name: string): boolean {
  return name === DIRECTORY_FILE || /^project[-_][0-9a-z-]{1,64}\.sqlite$/.test(name)
}

function hash(text: string): string {
  // Not as UTF-8, in which all halves of surrogate pairs are one.
  return createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('hex')
}
