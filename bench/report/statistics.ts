/**
 * What the rounds say together.
 *
 * @module
 */

import { contenders } from '../contenders/all.ts'
import type { Results } from '../results.ts'
import type { Run } from '../runner.ts'

export interface Spread {
  median: number
  least: number
  most: number
}

/** One measure of one contender in one scenario. */
export interface Summary {
  value: Spread
  /** More than the bare client, in the unit of the measure. */
  added?: Spread
  /** Times the bare client. */
  ofBare?: Spread
  /** Times the floor. */
  ofFloor?: Spread
}

export function spread(values: readonly number[]): Spread | undefined {
  const sorted = values.filter(Number.isFinite).toSorted((one, two) => one - two)
  const [least] = sorted
  const most = sorted.at(-1)
  if (least === undefined || most === undefined) return undefined
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? most
  const lower = sorted[sorted.length % 2 === 1 ? middle : middle - 1] ?? least
  return { median: (lower + upper) / 2, least, most }
}

/** Each round is compared with the bare client of the same round. */
export function summarise(
  { runs }: Results,
  scenario: string,
  contender: string,
  measure: string,
): Summary | undefined {
  const of = runs[scenario] ?? {}
  const own = (of[contender] ?? []).map(reading(measure))
  const value = spread(own)
  if (!value) return undefined
  const { baseline = 'bare' } = contenders.find(({ name }) => name === contender) ?? {}
  const bare = perRound(
    (of[baseline] ?? []).map(reading(measure)),
    contender === baseline ? 1 : own.length,
  )
  const floor = (of.floor ?? []).map(reading(measure))
  if (contender === baseline) return { value }
  return {
    value,
    ...defined('added', spread(paired(own, bare, (mine, theirs) => mine - theirs))),
    ...defined('ofBare', spread(paired(own, bare, (mine, theirs) => mine / theirs))),
    ...(baseline === 'bare' && {
      ...defined('ofFloor', spread(paired(own, floor, (mine, theirs) => mine / theirs))),
    }),
  }
}

function reading(measure: string): (run: Run) => number {
  return (run) => {
    const value = 'failed' in run ? Number.NaN : run[measure]
    return typeof value === 'number' ? value : Number.NaN
  }
}

/** The mean of what ran in each round. */
function perRound(values: readonly number[], rounds: number): number[] {
  const each = Math.max(1, Math.round(values.length / rounds))
  return Array.from({ length: rounds }, (_, round) => {
    const of = values.slice(round * each, (round + 1) * each)
    return of.reduce((sum, value) => sum + value, 0) / of.length
  })
}

function paired(
  mine: readonly number[],
  theirs: readonly number[],
  compare: (mine: number, theirs: number) => number,
): number[] {
  return mine.map((value, round) => compare(value, theirs[round] ?? Number.NaN))
}

function defined<Name extends string>(
  name: Name,
  value: Spread | undefined,
): { [_ in Name]?: Spread } {
  return value ? ({ [name]: value } as { [_ in Name]: Spread }) : {}
}

/** What a run said in words. */
export function saying(run: Run | undefined, measure: string): string | undefined {
  if (!run || 'failed' in run) return undefined
  const value = run[measure]
  return typeof value === 'string' ? value : undefined
}

/** How many calls of a run did not arrive at the collector. */
export function unrecorded(run: Run | undefined): number {
  if (!run || 'failed' in run) return 0
  const { arrived, calls } = run
  return typeof arrived === 'number' && typeof calls === 'number' ? Math.max(0, calls - arrived) : 0
}
