/**
 * `carrot keys`: the keys of a project, over the collector's API or in a folder.
 *
 * @module
 */

import type { Command } from 'commander'
import { fields, items, type Json, string } from '../../src/lib/json.ts'
import { answered, type Collector, reach, refusal, type Where } from './collector.ts'
import { examples, whereOf, withCollector } from './options.ts'
import { paint, print, printJson, shown, table } from './terminal.ts'

interface KeysOptions extends Where {
  json: boolean
}

interface CreateOptions extends KeysOptions {
  scope: string[]
  origin?: string[]
}

export function addKeys(program: Command): void {
  const keys = program
    .command('keys')
    .summary('list, create and revoke keys')
    .description(
      'Looks after the keys of a project: at a collector, with a key that has the scope `admin` in\n' +
        'CARROT_API_KEY (on the machine of `carrot dev` with none), or in its folder, with --folder.',
    )
    .addHelpText(
      'after',
      examples(
        ['carrot keys list', ''],
        [
          'carrot keys create website --scope ingest --origin https://example.com',
          'for pages of that site',
        ],
        [
          'carrot keys create ci --scope ingest read --folder /var/lib/carrot',
          'on the server itself',
        ],
        ['carrot keys revoke 0193…', 'by its id'],
      ),
    )
  withCollector(keys.command('list'))
    .description('shows all keys that are not revoked, without themselves')
    .option('--json', 'as JSON', false)
    .action((options: KeysOptions) => using(options, (at) => list(at, options)))
  withCollector(keys.command('create'))
    .description('makes a key, and shows it this once')
    .argument('<name>', 'what to call it')
    .option('-s, --scope <scopes...>', 'what it is for: ingest, read, admin', ['ingest'])
    .option('-o, --origin <origins...>', 'of pages that may send with it')
    .option('--json', 'as JSON', false)
    .action((name: string, options: CreateOptions) =>
      using(options, (at) => create(at, name, options)),
    )
  withCollector(keys.command('revoke'))
    .description('revokes a key for good')
    .argument('<id>', 'as `carrot keys list` shows it')
    .option('--json', 'as JSON', false)
    .action((id: string, options: KeysOptions) => using(options, (at) => revoke(at, id, options)))
}

async function using(options: Where, work: (at: Collector) => Promise<void>): Promise<void> {
  const at = await reach(whereOf(options))
  try {
    await work(at)
  } finally {
    await at.close()
  }
}

async function list(at: Collector, { json }: KeysOptions): Promise<void> {
  const { keys } = fields(await answered(at, await at.ask('/v1/keys')))
  if (json) return printJson({ keys })
  const rows = items(keys).map(row)
  if (rows.length === 0) return print('There are no keys yet: `carrot keys create NAME` makes one.')
  print(table([['ID', 'NAME', 'SCOPES', 'MADE', 'ORIGINS'], ...rows]))
}

function row(key: Json): string[] {
  const { id, name, scopes, origins, created_at: made } = fields(key)
  const words = (list: Json | undefined) => items(list).map(string).join(' ')
  return [
    shown(string(id) ?? ''),
    shown(string(name) ?? '', 30),
    words(scopes),
    (string(made) ?? '').slice(0, 10),
    shown(words(origins)),
  ]
}

async function create(at: Collector, name: string, options: CreateOptions): Promise<void> {
  const { scope: scopes, origin: origins = [], json } = options
  const made = await answered(
    at,
    await at.ask('/v1/keys', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ name, scopes, origins }),
    }),
  )
  if (json) return printJson(made)
  const { strong, quiet } = paint()
  print(`${strong(string(fields(made).key) ?? '')}\n${quiet('It is shown this once.')}`)
}

async function revoke(at: Collector, id: string, { json }: KeysOptions): Promise<void> {
  const response = await at.ask(`/v1/keys/${encodeURIComponent(id)}`, {
    method: 'DELETE',
    headers: { 'sec-fetch-site': 'same-origin' },
  })
  if (!response.ok) throw await refusal(at.name, response)
  if (json) return printJson({ revoked: id })
  print('Revoked.')
}
