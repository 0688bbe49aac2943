/**
 * Which scenarios have a chart, and what stands in it.
 *
 * @module
 */

import { contenders } from '../contenders/all.ts'
import type { Contender } from '../contenders/contender.ts'
import type { Results } from '../results.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { chart, type ChartBar } from './chart.ts'
import { summarise, unrecorded } from './statistics.ts'

/** The chart of a scenario as SVG, where it has one and there is something to compare. */
export function chartOf(
  results: Results,
  { name, title, chart: asked }: Scenario,
): string | undefined {
  if (!asked || !results.runs[name]) return undefined
  const { measure, says, unit } = asked
  const bars = contenders
    .flatMap((contender) => barOf(results, name, measure, contender, unit))
    .toSorted((one, two) => one.value - two.value)
  if (bars.length < 2) return undefined
  return unit ? chart(title, says, bars) : chart(title, `${says}, × bare client`, bars, 1)
}

/** In the unit, or, without one, as a ratio to the bare client. */
function barOf(
  results: Results,
  scenario: string,
  measure: string,
  { name, title, traces }: Contender,
  unit: string | undefined,
): ChartBar[] {
  const summary = summarise(results, scenario, name, measure)
  const spread = unit ? summary?.value : summary?.ofBare
  if (!spread) return []
  const { median, least, most } = spread
  const lost = traces !== 'nothing' && unrecorded(results.runs[scenario]?.[name]?.at(-1)) > 0
  const number = unit ? `${median.toFixed(median < 20 ? 1 : 0)} ${unit}` : `${median.toFixed(2)} ×`
  const text = lost ? `${number}, not recorded` : number
  const kind =
    name === 'carrot' ? 'own' : name === 'floor' || traces === 'nothing' ? 'reference' : 'peer'
  return [{ label: title, value: median, least, most, text, kind }]
}
