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
import { saying, summarise, type Spread } from './statistics.ts'

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
      const reason = contender.excused ?? failure(of[contender.name])
      if (reason) return [contender.title, reason]
      return [
        contender.title,
        ...scenario.columns.flatMap((column) => cells(results, scenario, contender, column)),
        ...(missing(results, scenario, contender) ?? []),
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
  const { compared, digits = 0, measure } = column
  const width = compared ? 4 : 1
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
function missing(
  { runs }: Results,
  { columns, name, collector, endsByItself }: Scenario,
  { traces, name: who }: Contender,
): string[] | undefined {
  const run = runs[name]?.[who]?.at(-1)
  if (!run || 'failed' in run || traces === 'nothing' || collector || endsByItself) return undefined
  const { arrived, calls } = run
  if (columns.some(({ measure }) => measure === 'arrived') || typeof calls !== 'number')
    return undefined
  return Number(arrived) < calls ? [`recorded ${arrived} of ${calls}`] : undefined
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
    Math.max(...all.map((row) => row[at]?.length ?? 0)),
  )
  return all
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
