/**
 * A scenario as a table of text: for the console and for the document alike.
 *
 * @module
 */

import { contenders } from '../contenders/all.ts'
import type { Contender } from '../contenders/contender.ts'
import type { Results } from '../results.ts'
import type { Run } from '../runner.ts'
import type { Column, Scenario } from '../scenarios/scenario.ts'
import { saying, summarise, unrecorded, type Spread } from './statistics.ts'

export interface Table {
  head: string[]
  rows: string[][]
}

export function tableOf(results: Results, scenario: Scenario): Table | undefined {
  const of = results.runs[scenario.name]
  if (!of) return undefined
  const rows = contenders
    .filter(({ name, excused }) => name in of || (excused && !scenario.level))
    .map((contender) => {
      const reason = contender.excused ? 'not measured' : failure(of[contender.name])
      if (reason) return [contender.title, reason]
      return [
        contender.title,
        ...scenario.columns.flatMap((column) => cells(results, scenario, contender, column)),
        ...missing(results, scenario, contender),
      ]
    })
  return { head: ['', ...scenario.columns.flatMap(heads)], rows }
}

/** Why there is nothing to show, where every run failed. */
function failure(runs: readonly Run[] | undefined): string | undefined {
  const [last] = runs?.toReversed() ?? []
  if (!last || !('failed' in last) || runs?.some((run) => !('failed' in run))) return undefined
  return `failed: ${last.failed}`
}

function heads({ title, unit, compared }: Column): string[] {
  const head = unit ? `${title}, ${unit}` : title
  return compared ? [head, 'added', '× bare', '× floor'] : [head]
}

function cells(
  results: Results,
  scenario: Scenario,
  contender: Contender,
  column: Column,
): string[] {
  const { compared, digits = 0, measure, recorded } = column
  const width = compared ? 4 : 1
  if (recorded && contender.traces === 'nothing') return ['–']
  const said = saying(results.runs[scenario.name]?.[contender.name]?.at(-1), measure)
  if (said !== undefined) return padded([said], width)
  const summary = summarise(results, scenario.name, contender.name, measure)
  if (!summary) return padded(['–'], width)
  const { value, added, ofBare, ofFloor } = summary
  const plain = [value.median.toFixed(digits)]
  if (!compared) return plain
  return padded(
    [
      ...plain,
      added ? `${signed(added.median, digits)} ${range(added, digits)}` : '',
      ofBare ? `${ofBare.median.toFixed(2)} ${range(ofBare, 2)}` : '',
      ofFloor && contender.name !== 'floor' ? ofFloor.median.toFixed(2) : '',
    ],
    width,
  )
}

/** Where not every call was recorded, a low cost means little. */
function missing(results: Results, scenario: Scenario, contender: Contender): string[] {
  const { columns, name, collector } = scenario
  if (contender.traces === 'nothing' || collector) return []
  if (columns.some(({ recorded }) => recorded)) return []
  const count = unrecorded(results.runs[name]?.[contender.name]?.at(-1))
  return count > 0 ? [`${count} calls not recorded`] : []
}

function range({ least, most }: Spread, digits: number): string {
  return least === most ? '' : `[${least.toFixed(digits)}..${most.toFixed(digits)}]`
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`
}

function padded(cells: string[], width: number): string[] {
  return [...cells, ...Array<string>(width - cells.length).fill('')].map((cell) => cell.trim())
}

/** For the console. */
export function aligned({ head, rows }: Table): string {
  const all = [head, ...rows]
  const count = Math.max(...all.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, at) =>
    // Why there is nothing to show may be long, and stands alone in its row.
    Math.max(
      ...all.map((row) => (row.length > 2 || head.length === 2 ? (row[at]?.length ?? 0) : 0)),
    ),
  )
  widths[0] = Math.max(...all.map(([name = '']) => name.length))
  return all
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
