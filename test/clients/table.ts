/**
 * What came out, as a page of the documentation and as a line for each client.
 *
 * @module
 */

import { readFileSync } from 'node:fs'
import { table } from '../support/markdown.ts'
import type { Result } from './observe.ts'
import type { Client } from './use.ts'

const HEAD = `# Clients

What applications do with each client, done natively and traced over the same local server: whether anything could tell the two apart (preserved), and how many of the calls to a model were recorded, and with the tokens that their replies name. \`npx vitest run --project clients -u\` does it all again, with the versions that are installed, and writes this page.

Compared are the values that the application got, its chunks in their order, its errors by class and message; and on the server's side each request as it was sent, and how its connection ended. A call in a wire format that the SDK does not read yet is not recorded, and not disturbed either.`

/** The page. */
export function page(results: readonly Result[]): string {
  const clients = [...new Set(results.map(({ client }) => client))]
  const totals = clients.map((client) => total(client, resultsOf(client, results)))
  const columns = ['client', 'version', 'uses preserved', 'calls recorded', 'with tokens']
  const sections = clients.map((client) => section(client, resultsOf(client, results)))
  return `${[HEAD, table(columns, totals), ...sections].join('\n\n')}\n`
}

/** A line for each client. */
export function lines(results: readonly Result[]): string {
  return [...new Set(results.map(({ client }) => client))]
    .map((client) => total(client, resultsOf(client, results)))
    .map(
      ([name, version, preserved, recorded, tokens]) =>
        `${name} ${version}: ${preserved} uses preserved, ${recorded} calls recorded, ${tokens} with tokens`,
    )
    .join('\n')
}

function resultsOf(client: Client, results: readonly Result[]): Result[] {
  return results.filter((result) => result.client === client)
}

function total({ name, packages: [own = name] }: Client, results: readonly Result[]): string[] {
  const rows = results.map(counted)
  const sum = (of: readonly Count[]) =>
    share({
      found: of.reduce((all, { found }) => all + found, 0),
      made: of.reduce((all, { made }) => all + made, 0),
    })
  return [
    name,
    versionOf(own),
    share({ found: rows.filter(({ preserved }) => preserved).length, made: rows.length }),
    sum(rows.map(({ recorded }) => recorded)),
    sum(rows.map(({ tokens }) => tokens)),
  ]
}

function section({ name, packages, ways }: Client, results: readonly Result[]): string {
  const with_ = packages.map((each) => `\`${each}\` ${versionOf(each)}`).join(', ')
  const by = new Intl.ListFormat('en-GB').format(ways.map((way) => WORDS[way]))
  const rows = results.map((result) => {
    const { preserved, recorded, tokens } = counted(result)
    return [result.use.name, preserved ? '✓' : '✗', share(recorded), share(tokens)]
  })
  const columns = ['use', 'preserved', 'recorded', 'tokens']
  return `## ${name}\n\n${with_}; recorded by ${by}.\n\n${table(columns, rows)}`
}

const WORDS = {
  'fetch option': 'its `fetch` option',
  wrap: '`wrap`',
  patchFetch: '`patchFetch`',
}

interface Count {
  found: number
  made: number
}

/** Of several ways of recording the worst counts. */
function counted({ use: { calls }, traced }: Result) {
  const made = calls.length
  const counted = calls.filter(({ tokens }) => tokens).length
  const furthest = (found: number[], from: number) =>
    found.toSorted((one, other) => Math.abs(other - from) - Math.abs(one - from))[0] ?? 0
  return {
    preserved: traced.every(({ preserved }) => preserved),
    recorded: {
      found: furthest(
        traced.map(({ recorded }) => recorded.length),
        made,
      ),
      made,
    },
    tokens: {
      found: furthest(
        traced.map(({ tokens }) => tokens.length),
        counted,
      ),
      made: counted,
    },
  }
}

function share({ found, made }: Count): string {
  return found === 0 && made === 0 ? '–' : `${found} of ${made}`
}

function versionOf(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url)
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'))
  return version
}
