/**
 * Where results are shown: the console, the charts, the document.
 *
 * @module
 */

import type { Results } from '../results.ts'
import { scenarios } from '../scenarios/all.ts'
import { aligned, tableOf } from './tables.ts'

export function print(results: Results): void {
  for (const scenario of scenarios) {
    const table = tableOf(results, scenario)
    if (table) console.log(`\n${scenario.title}\n${aligned(table)}`)
  }
  const { minutes, load } = results
  console.log(
    `\n${minutes.toFixed(1)} min. Load of the machine before ${load.before.toFixed(1)}, after ${load.after.toFixed(1)}.`,
  )
}

export function publish(_results: Results): void {}
