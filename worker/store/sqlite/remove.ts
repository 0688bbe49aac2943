/**
 * Removing traces, with all that belongs to them: steps, summaries, labels, words, pieces of texts.
 *
 * @module
 */

import type { Removal, Removed } from '../store.ts'
import { type Driver, rowsOf, type Statement } from './driver.ts'
import { namesIn } from './pieces.ts'
import type { SpanTexts } from './rows.ts'
import { sql } from './sql.ts'
import { pieceUses } from './texts.ts'
import { forget, numbersOf } from './word-changes.ts'

/** In one transaction: about 100 ms of work. */
const MAX_SPANS = 2000
const MAX_TRACES = 200

export async function remove(driver: Driver, what: Removal, nowUs: number): Promise<Removed> {
  const byName = 'traces' in what
  const traces = byName ? what.traces.slice(0, MAX_TRACES) : await oldest(driver, what.beforeUs)
  if (traces.length === 0) return { spans: 0, more: false }
  const list = JSON.stringify(traces)
  const rows = await rowsOf<Rest>(driver, sql.textsOfTraces, list, MAX_SPANS)
  const keys = JSON.stringify(rows.map(({ key }) => key))
  // Before its steps: what arrives from now on is late.
  const statements: Statement[] = byName ? [[sql.remember, list, nowUs]] : []
  statements.push(
    ...forget(rows.flatMap(numbersOf)),
    ...dropPieces(rows),
    [sql.dropBodies, keys],
    [sql.dropSpans, keys],
    [sql.dropLabels, list],
    [sql.dropTraces, list],
  )
  await driver.run(statements)
  const isLong = rows.length === MAX_SPANS
  return {
    spans: rows.length,
    more: isLong || (byName ? what.traces.length > traces.length : traces.length === MAX_TRACES),
  }
}

async function oldest(driver: Driver, beforeUs: number): Promise<string[]> {
  const rows = await rowsOf<{ trace_id: string }>(driver, sql.oldest, beforeUs, MAX_TRACES)
  return rows.map(({ trace_id: trace }) => trace)
}

/** What has to be known of a span to remove it. */
type Rest = SpanTexts & { key: number }

function dropPieces(rows: readonly Rest[]): Statement[] {
  const isLong = rows.some(({ facts, input, output }) =>
    [facts, input, output].some((column) => namesIn(column).length > 0),
  )
  if (!isLong) return []
  const uses = [...pieceUses(rows.map((before) => ({ before, after: undefined })))]
  return [
    [sql.usePieces, JSON.stringify(uses)],
    [sql.dropPieces, JSON.stringify(uses.map(([name]) => name))],
  ]
}
