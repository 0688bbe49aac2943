/**
 * `carrot serve`: a collector for others, on a server.
 *
 * @module
 */

import type { Command } from 'commander'
import type { Directory } from '../auth/directory.ts'
import { makeKey } from '../auth/new-key.ts'
import { secretProblem } from '../auth/password.ts'
import { EXIT, Failure } from './failure.ts'
import { examples, readBytes, readPort, withFolder } from './options.ts'
import { start, untilStopped } from './running.ts'
import { print, printJson } from './terminal.ts'

interface ServeOptions {
  folder: string
  host: string
  port: number
  origin?: string
  trustProxy: boolean
  maxProjectSize?: number
  json: boolean
}

export function addServe(program: Command): void {
  withFolder(program.command('serve'))
    .summary('run a collector for others, with a login')
    .description(
      'Runs collector and dashboard. People log in with CARROT_PASSWORD (the password, or its hash), or come\n' +
        'through Cloudflare Access (CARROT_ACCESS_TEAM, CARROT_ACCESS_AUDIENCE); programs come with keys. The\n' +
        'first start makes a project and a key to it, and shows the key once. Put something that speaks TLS\n' +
        'in front: logging in takes https, or localhost.',
    )
    .option('--port <number>', 'where to listen', readPort, 8787)
    .option('--host <address>', 'on which address; 0.0.0.0 for all', '127.0.0.1')
    .option(
      '--origin <address>',
      'by which address people see it, such as https://traces.example.com',
    )
    .option('--trust-proxy', 'believe x-forwarded-for: only where a proxy of yours sets it', false)
    .option('--max-project-size <bytes>', 'of the file of one project, such as 10GB', readBytes)
    .option('--json', 'say where it is as JSON', false)
    .addHelpText(
      'after',
      examples(
        [
          'CARROT_PASSWORD=… carrot serve --folder /var/lib/carrot',
          'behind a proxy on the same machine',
        ],
        ['CARROT_PASSWORD=… carrot serve --host 0.0.0.0', 'in a container'],
      ),
    )
    .action((options: ServeOptions) => serve(options))
}

async function serve(options: ServeOptions): Promise<void> {
  const { folder, host, port, trustProxy, maxProjectSize: maxBytes, json } = options
  checkLogin()
  const origin = options.origin === undefined ? undefined : originOf(options.origin)
  const running = await start({
    folder,
    host,
    port,
    trustProxy,
    variables: process.env,
    ...(origin !== undefined && { origin }),
    ...(maxBytes !== undefined && { maxBytes }),
  })
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${running.port}`
  const first = await firstKey(running.directory)
  if (json) printJson({ url, folder, ...(first && { key: first }) })
  else {
    print(`Carrot Trace listens at ${url}, with traces in ${folder}.`)
    if (first) {
      print(`\nThe first key, to the project "default". It is shown this once:\n  ${first}\n`)
    }
  }
  await untilStopped(running)
}

/** @throws {Failure} Nobody could ever log in, or everybody. */
function checkLogin(): void {
  const { CARROT_PASSWORD, CARROT_ACCESS_TEAM, CARROT_ACCESS_AUDIENCE } = process.env
  if (CARROT_ACCESS_TEAM && CARROT_ACCESS_AUDIENCE) return
  if (CARROT_ACCESS_TEAM || CARROT_ACCESS_AUDIENCE) {
    throw new Failure(
      'Cloudflare Access takes both CARROT_ACCESS_TEAM and CARROT_ACCESS_AUDIENCE.',
      EXIT.usage,
    )
  }
  if (!CARROT_PASSWORD) {
    throw new Failure(
      '`carrot serve` does not run open: set CARROT_PASSWORD to the password of the dashboard, 12 characters or more. On your own machine `carrot dev` needs none.',
      EXIT.usage,
    )
  }
  const problem = secretProblem(CARROT_PASSWORD)
  if (problem !== undefined)
    throw new Failure(`CARROT_PASSWORD cannot be used: ${problem}.`, EXIT.usage)
}

function originOf(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return new URL(text).origin
  throw new Failure(
    `--origin has to be like https://traces.example.com; found "${text}".`,
    EXIT.usage,
  )
}

/** Where nobody has made anything yet. */
async function firstKey(directory: Directory): Promise<string | undefined> {
  if ((await directory.projects()).length > 0) return undefined
  await directory.createFirstProject(crypto.randomUUID(), 'default')
  const [project] = await directory.projects()
  if (project === undefined) return undefined
  const scopes = ['ingest', 'read', 'admin'] as const
  const { key } = await makeKey(directory, project.id, { name: 'first', scopes, origins: [] })
  return key
}
