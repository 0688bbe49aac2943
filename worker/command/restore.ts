/**
 * `carrot restore`: a folder for a collector, made of a backup.
 *
 * @module
 */

import type { Command } from 'commander'
import { copyFolder } from './backup.ts'
import { examples, withFolder } from './options.ts'
import { note, printJson } from './terminal.ts'

interface RestoreOptions {
  folder: string
  json: boolean
}

export function addRestore(program: Command): void {
  withFolder(program.command('restore'))
    .summary('make a folder of a backup')
    .description(
      'Makes the folder of a collector from a backup. Every database is looked through before anything is in\n' +
        'place; a folder that is there already is left alone. Start the collector on it afterwards.',
    )
    .argument('<from>', 'a folder that `carrot backup` made')
    .option('--json', 'say what was restored as JSON', false)
    .addHelpText(
      'after',
      examples(['carrot restore /backups/2026-01-31 --folder /var/lib/carrot', '']),
    )
    .action((from: string, options: RestoreOptions) => restore(from, options))
}

async function restore(from: string, { folder, json }: RestoreOptions): Promise<void> {
  const files = await copyFolder(from, folder)
  if (json) printJson({ files, folder })
  else note(`${files.length} databases, in ${folder}.`)
}
