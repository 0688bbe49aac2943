/**
 * `carrot backup`: a copy of a folder, whole and consistent, also while a collector writes to it.
 *
 * @module
 */

import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { copyDatabase } from '../node/copy-database.ts'
import { DIRECTORY_FILE, isStoreFile } from '../node/project-file.ts'
import { EXIT, Failure } from './failure.ts'
import { examples, withFolder } from './options.ts'
import { note, printJson, progress } from './terminal.ts'

interface BackupOptions {
  folder: string
  json: boolean
}

export function addBackup(program: Command): void {
  withFolder(program.command('backup'))
    .summary('copy a folder of traces, also while it is in use')
    .description(
      'Copies every database of a folder into another one, each as it is at one moment. The copy has keys as well:\n' +
        'look after it as you look after the folder. `carrot restore` makes a folder of it again.',
    )
    .argument('<to>', 'a folder that is not there yet')
    .option('--json', 'say what was copied as JSON', false)
    .addHelpText(
      'after',
      examples(['carrot backup /backups/$(date +%F) --folder /var/lib/carrot', '']),
    )
    .action((to: string, options: BackupOptions) => backup(to, options))
}

async function backup(to: string, { folder, json }: BackupOptions): Promise<void> {
  const files = await copyFolder(folder, to)
  if (json) printJson({ files, to })
  else note(`${files.length} databases, in ${to}.`)
}

/** The name of the key of the machine itself, as `carrot dev` keeps it. */
const KEY_FILE = 'key'

/**
 * Copies into a folder beside, which gets its name when it is whole.
 *
 * @returns The names of the databases.
 */
export async function copyFolder(from: string, to: string): Promise<string[]> {
  if (existsSync(to)) {
    throw new Failure(`${to} is there already: choose another name, or move it away.`, EXIT.usage)
  }
  const names = (await readdir(from).catch(() => [])).filter(isStoreFile)
  if (!names.includes(DIRECTORY_FILE)) {
    throw new Failure(`There is no collector in ${from}: it has no ${DIRECTORY_FILE}.`)
  }
  const unfinished = `${to}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  const shown = progress()
  // Keys and projects last: a project that is made meanwhile has no file yet, and not the other way round.
  const ordered = [...names.filter((name) => name !== DIRECTORY_FILE), DIRECTORY_FILE]
  for (const [index, name] of ordered.entries()) {
    shown.show(`${index + 1} of ${ordered.length}: ${name}`)
    copyDatabase(join(from, name), join(unfinished, name))
  }
  const key = join(from, KEY_FILE)
  if (existsSync(key)) await copyFile(key, join(unfinished, KEY_FILE))
  await rename(unfinished, to)
  shown.end()
  return ordered
}
