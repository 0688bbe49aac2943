/**
 * `docs/performance.md`, all of it from the results: no figure is typed.
 *
 * @module
 */

import { contenders } from '../contenders/all.ts'
import type { Results } from '../results.ts'
import { scenarios } from '../scenarios/all.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { verdicts } from './bars.ts'
import { tableOf, type Table } from './tables.ts'

/** @param charts The scenarios that have one. */
export function page(results: Results, charts: ReadonlySet<string>): string {
  return [
    '# Performance',
    '<!-- Written by `npm run bench` in `bench/` from `bench/results.json`. Not to be edited. -->',
    about(results),
    '## What it is held to',
    'The bars were set from what the floor and the best of the peers were measured at, before this was.',
    markdown(bars(results)),
    ...scenarios.flatMap((scenario) => section(results, scenario, charts)),
    '## What was measured',
    markdown({
      head: ['package', 'version'],
      rows: Object.entries(results.versions),
    }),
    ...contenders.flatMap(({ title, excused }) =>
      excused ? [`${title} was not measured: ${excused}.`] : [],
    ),
    '',
  ].join('\n\n')
}

function about({ measuredOn, rounds, machine, load }: Results): string {
  return [
    `Measured on ${measuredOn} with Node ${machine.node} (${machine.platform}, ${machine.cores} cores of ${machine.processor}, load ${load.before.toFixed(1)} before and ${load.after.toFixed(1)} after), ${rounds} rounds, each run in a fresh process and in random order.`,
    'A stand-in for the model API and a collector run beside the application on the same machine, each in a process of its own, without TLS. Against a real provider the times vanish in its own; what remains is the processor time.',
    '**bare client** is the `openai` package untraced. **floor** is [the cheapest wrapper of `fetch` that still records](../bench/contenders/floor.ts): no redaction, no context, no retries, no limits, nothing parsed. `× bare` and `× floor` compare the whole, not what was added; brackets hold the least and the most of all rounds. CPU is that of the whole process with all its threads, sending included.',
    'Numbers are of this machine; ratios travel better. `npm run bench` in [bench](../bench/README.md) measures again and writes this page.',
  ].join('\n\n')
}

function bars(results: Results): Table {
  return {
    head: ['', 'bar', 'measured', 'holds'],
    rows: verdicts(results).map(({ says, bar, measured, holds }) => [
      says,
      bar,
      measured,
      holds ? '✓' : 'not yet',
    ]),
  }
}

function section(results: Results, scenario: Scenario, charts: ReadonlySet<string>): string[] {
  const table = tableOf(results, scenario)
  if (!table) return []
  const { name, title, about } = scenario
  const image = `![${title}, as a chart of the table below](images/performance-${name}.svg)`
  return [`## ${title}`, about, ...(charts.has(name) ? [image] : []), markdown(table)]
}

function markdown({ head, rows }: Table): string {
  const width = Math.max(head.length, ...rows.map((row) => row.length))
  const line = (cells: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, at) => escape(cells[at] ?? '')).join(' | ')} |`
  return [line(head), `|${' --- |'.repeat(width)}`, ...rows.map(line)].join('\n')
}

function escape(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('`', "'")
}
