/**
 * Where results are shown: the console, the charts, the document.
 *
 * @module
 */

import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Results } from '../results.ts'
import { scenarios } from '../scenarios/all.ts'
import { verdicts } from './bars.ts'
import { chartOf } from './charts.ts'
import { page } from './page.ts'
import { aligned, tableOf } from './tables.ts'

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url))

export function print(results: Results): void {
  for (const scenario of scenarios) {
    const table = tableOf(results, scenario)
    if (table) console.log(`\n${scenario.title}\n${aligned(table)}`)
  }
  const rows = verdicts(results).map(({ says, bar, measured, holds }) => [
    holds ? '✓' : '✗',
    says,
    bar,
    measured,
  ])
  if (rows.length > 0)
    console.log(`\nBars\n${aligned({ head: ['', '', 'bar', 'measured'], rows })}`)
  const { minutes, load } = results
  console.log(
    `\n${minutes.toFixed(1)} min. Load of the machine before ${load.before.toFixed(1)}, after ${load.after.toFixed(1)}.`,
  )
}

/** Writes the charts and the document. */
export function publish(results: Results): void {
  mkdirSync(`${DOCS}images`, { recursive: true })
  for (const old of globSync(`${DOCS}images/performance-*.svg`)) rmSync(old)
  const charts = new Set<string>()
  for (const scenario of scenarios) {
    const svg = chartOf(results, scenario)
    if (!svg) continue
    charts.add(scenario.name)
    writeFileSync(`${DOCS}images/performance-${scenario.name}.svg`, svg)
  }
  const file = `${DOCS}performance.md`
  writeFileSync(file, page(results, charts))
  execFileSync('oxfmt', [file]) // the root's, which npm puts on the path
  console.log(`Wrote docs/performance.md and ${charts.size} charts.`)
}
