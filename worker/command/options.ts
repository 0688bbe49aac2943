/**
 * Options that several commands have.
 *
 * @module
 */

import { type Command, InvalidArgumentError, Option } from 'commander'
import { DEFAULT_URL, type Where } from './collector.ts'

export const DEFAULT_FOLDER = '.carrot'

/** Where the traces are that a command reads or writes. */
export function withCollector(command: Command): Command {
  return command
    .addOption(
      new Option('-u, --url <address>', 'the collector to ask')
        .env('CARROT_BASE_URL')
        .default(DEFAULT_URL),
    )
    .option(
      '-f, --folder <path>',
      'a folder of `carrot dev` or `carrot serve`, instead of an address',
    )
    .option('-p, --project <name>', 'of that folder; not needed where it has one project')
}

export function withFolder(command: Command): Command {
  return command.addOption(
    new Option('-f, --folder <path>', 'where traces and keys are kept')
      .env('CARROT_FOLDER')
      .default(DEFAULT_FOLDER),
  )
}

export function whereOf({ url, folder, project }: Where): Where {
  return {
    url,
    ...(folder !== undefined && { folder }),
    ...(project !== undefined && { project }),
  }
}

export function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (!(port <= 65_535)) throw new InvalidArgumentError('It has to be a number from 0 to 65535.')
  return port
}

export function readCount(text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (count < 1) throw new InvalidArgumentError('It has to be a number from 1 to 999999.')
  return count
}

const UNITS: Readonly<Record<string, number>> = { '': 1, kb: 1e3, mb: 1e6, gb: 1e9 }

export function readBytes(text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,15}(?:\.\d+)?) *(kb|mb|gb|)$/i.exec(text) ?? []
  const bytes = Math.floor(Number(amount || NaN) * (UNITS[unit.toLowerCase()] ?? NaN))
  if (!(bytes >= 100_000)) throw new InvalidArgumentError('It has to be like 500MB or 10GB.')
  return bytes
}

/** How the examples of a command are shown below its options. */
export function examples(...lines: [command: string, what: string][]): string {
  const width = Math.max(...lines.map(([command]) => command.length))
  return `\nExamples:\n${lines.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`.trimEnd()).join('\n')}\n`
}
