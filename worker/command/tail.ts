/**
 * `carrot tail`: traces as they end, each as a tree.
 *
 * @module
 */

import type { Command } from 'commander'
import { fields, items, type Json } from '../../src/lib/json.ts'
import { answered, type Collector, reach, type Where } from './collector.ts'
import { examples, readCount, whereOf, withCollector } from './options.ts'
import { note, print } from './terminal.ts'
import { treeOf } from './tree.ts'

interface TailOptions extends Where {
  lines: number
  once: boolean
  json: boolean
}

const EVERY_MS = 1000

/** How often a collector may fail in a row before that is the end. */
const MAX_FAILURES = 10

/** Of those that were shown: more than fit the pages that are asked for. */
const MAX_REMEMBERED = 5000

const PAGE = 50

export function addTail(program: Command): void {
  withCollector(program.command('tail'))
    .summary('watch traces in the terminal')
    .description(
      'Shows the newest traces, and then each trace as it ends, as a tree of its steps: what took how long,\n' +
        'tokens and cost. The filter is what the dashboard searches with.',
    )
    .argument('[filter...]', 'such as status:error model:gpt-5* tag:prod latency:>2s "some words"')
    .option('-n, --lines <number>', 'traces to begin with', readCount, 10)
    .option('--once', 'show those, and wait for no others', false)
    .option('--json', 'a trace a line, with all its steps', false)
    .addHelpText(
      'after',
      examples(
        ['carrot tail', 'what your program does, on the machine of `carrot dev`'],
        ['carrot tail status:error -n 3', 'the last three that failed, and all that will'],
        ['carrot tail --once --json | jq .name', ''],
      ),
    )
    .action((filter: string[], options: TailOptions) => tail(filter, options))
}

async function tail(filter: string[], options: TailOptions): Promise<void> {
  const at = await reach(whereOf(options))
  const shown = new Set<string>()
  const query = filter.length === 0 ? '' : `&q=${encodeURIComponent(filter.map(quoted).join(' '))}`
  try {
    await show(at, await newest(at, query, options.lines), shown, options)
    let failures = 0
    while (!options.once) {
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
      try {
        await show(at, await newest(at, query, PAGE), shown, options)
        failures = 0
      } catch (error) {
        failures += 1
        if (failures === MAX_FAILURES) throw error
        if (failures === 1) note('The collector does not answer; it is asked again.')
      }
    }
  } finally {
    await at.close()
  }
}

/** As the shell took the quotation marks away. */
function quoted(word: string): string {
  return /^[^:"]*\s/.test(word) ? `"${word}"` : word
}

async function newest(at: Collector, query: string, limit: number): Promise<readonly Json[]> {
  const page = await answered(at, await at.ask(`/v1/traces?limit=${Math.min(limit, 200)}${query}`))
  return items(fields(page).traces).toReversed()
}

async function show(
  at: Collector,
  traces: readonly Json[],
  shown: Set<string>,
  { json, once }: TailOptions,
): Promise<void> {
  for (const summary of traces) {
    const { trace_id: id, status } = fields(summary)
    if (typeof id !== 'string' || shown.has(id) || (status === 'running' && !once)) continue
    shown.add(id)
    const [oldest] = shown
    if (shown.size > MAX_REMEMBERED && oldest !== undefined) shown.delete(oldest)
    const trace = fields(await answered(at, await at.ask(`/v1/traces/${encodeURIComponent(id)}`)))
    const spans = items(trace.spans)
    if (json) print(JSON.stringify({ ...fields(summary), spans }))
    else print(`${treeOf(fields(summary), spans, process.stdout.columns).join('\n')}\n`)
  }
}
