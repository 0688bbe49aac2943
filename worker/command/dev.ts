/**
 * `carrot dev`: a collector for the laptop that it runs on. No login, no account, nothing to set up.
 *
 * @module
 */

import { relative } from 'node:path'
import type { Command } from 'commander'
import { freePort } from '../cli/port.ts'
import { localKey } from '../cli/local-key.ts'
import { EXIT, Failure } from './failure.ts'
import { examples, readPort, withFolder } from './options.ts'
import { start, untilStopped } from './running.ts'
import { paint, print, printJson } from './terminal.ts'
import { VERSION } from './version.ts'

interface DevOptions {
  folder: string
  host: string
  port: number
  json: boolean
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i

export function addDev(program: Command): void {
  withFolder(program.command('dev'))
    .summary('start a collector on this machine, without login')
    .description(
      'Starts collector and dashboard on this machine, for this machine alone: nobody logs in, and no\n' +
        'other machine gets in. A key is made on the first start and stays the same.',
    )
    .option('--port <number>', 'where to listen; another is taken if it is in use', readPort, 8787)
    .option('--host <address>', 'an address of this machine itself', '127.0.0.1')
    .option('--json', 'say where it is as JSON', false)
    .addHelpText(
      'after',
      examples(
        ['carrot dev', 'keep traces in .carrot, beside your program'],
        ['carrot dev --folder ~/traces --port 9000', 'elsewhere'],
      ),
    )
    .action((options: DevOptions) => dev(options))
}

async function dev({ folder, host, port: wanted, json }: DevOptions): Promise<void> {
  if (!LOOPBACK.test(host)) {
    throw new Failure(
      `\`carrot dev\` has no login, so it listens to this machine alone, and not to ${host}. For others, run \`carrot serve\`.`,
      EXIT.usage,
    )
  }
  const port = await freePort(wanted, host)
  const key = await localKey(folder)
  const running = await start({ folder, host, port, localKey: key, variables: process.env })
  const url = `http://${host}:${running.port}`
  if (json) printJson({ url, key, folder, version: VERSION })
  else print(welcome({ url, key, folder, wanted: port === wanted ? undefined : wanted }))
  await untilStopped(running)
}

interface Welcome {
  url: string
  key: string
  folder: string
  /** The port that was taken. */
  wanted: number | undefined
}

function welcome({ url, key, folder, wanted }: Welcome): string {
  const { strong, quiet } = paint()
  return [
    `${strong('Carrot Trace')} ${quiet(VERSION)}`,
    '',
    ...(wanted === undefined ? [] : [`Port ${wanted} is taken; this is another.`, '']),
    `Dashboard  ${strong(`${url}/traces`)}`,
    `Traces in  ${relative(process.cwd(), folder) || '.'}`,
    '',
    'To send yours, set this where your program runs:',
    `  CARROT_BASE_URL=${url}`,
    `  CARROT_API_KEY=${key}`,
    '',
    quiet('Ctrl-C stops.'),
  ].join('\n')
}
