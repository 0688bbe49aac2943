/**
 * The command line: which commands there are, and how each of them ends.
 *
 * @module
 */

import { Command, CommanderError } from 'commander'
import { StoreError } from '../store/errors.ts'
import { addBackup } from './backup.ts'
import { addDev } from './dev.ts'
import { addDoctor } from './doctor.ts'
import { addExport } from './export.ts'
import { EXIT, Failure } from './failure.ts'
import { addImport } from './import.ts'
import { addKeys } from './keys.ts'
import { addRestore } from './restore.ts'
import { addServe } from './serve.ts'
import { addTail } from './tail.ts'
import { paint, note } from './terminal.ts'
import { VERSION } from './version.ts'

const EPILOGUE = `
Start with:
  carrot dev      and set the two variables that it shows where your program runs
  carrot tail     to watch what your program does, here in the terminal

Variables: CARROT_BASE_URL and CARROT_API_KEY say which collector and which key, CARROT_FOLDER which
folder; NO_COLOR turns colours off. The key is taken from there alone, as arguments can be seen by others.

Exit codes: 0 done, 1 failed, 2 asked for wrongly, 3 refused by the collector.
`

/** @returns The exit code. */
export async function main(words: readonly string[]): Promise<number> {
  const program = new Command('carrot')
    .description('Collects and shows traces of LLM calls.')
    .version(VERSION, '-v, --version')
    .helpCommand(false)
    .addHelpText('after', EPILOGUE)
    .showHelpAfterError('`carrot --help` and `carrot COMMAND --help` say more.')
    .exitOverride()
  for (const add of [
    addDev,
    addServe,
    addTail,
    addKeys,
    addDoctor,
    addExport,
    addImport,
    addBackup,
    addRestore,
  ]) {
    add(program)
  }
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program)
  try {
    await program.parseAsync(words, { from: 'user' })
    return Number(process.exitCode ?? EXIT.done)
  } catch (error) {
    return failed(error)
  }
}

function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  const isOurs = error instanceof Failure || error instanceof StoreError
  const message = isOurs ? error.message : `Something is wrong with carrot itself: ${String(error)}`
  note(`${paint().bad('✗')} ${message}`)
  return error instanceof Failure ? error.exitCode : EXIT.failed
}
