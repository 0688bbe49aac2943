/**
 * Steps as they are stored: those of a trace without bodies, some by their ids with them.
 *
 * @module
 */

import type { Json } from '../../../src/lib/json.ts'
import { MAX_SPANS, type SpanDetail, type SpanRow } from '../store.ts'
import { type Driver, rowsOf } from './driver.ts'
import { readPieces } from './look.ts'
import { join, namesIn } from './pieces.ts'
import { type SpanColumns, type StoredSpan, toSpanRow } from './rows.ts'
import { sql } from './sql.ts'

export async function stepsOf(driver: Driver, traceId: string): Promise<SpanRow[]> {
  const rows = await rowsOf<SpanColumns>(driver, sql.spansOfTrace, traceId)
  const pieces = await readPieces(
    driver,
    rows.flatMap(({ facts }) => namesIn(facts)),
  )
  return rows
    .map((row) => toSpanRow(row, join(row.facts, pieces)))
    .sort((one, other) => one.startUs - other.startUs || (one.id < other.id ? -1 : 1))
}

export async function detailsOf(driver: Driver, ids: readonly string[]): Promise<SpanDetail[]> {
  const wanted = JSON.stringify(ids.slice(0, MAX_SPANS))
  const rows = await rowsOf<StoredSpan>(driver, sql.spans, wanted)
  const pieces = await readPieces(
    driver,
    rows.flatMap(({ facts, input, output }) => [facts, input, output].flatMap(namesIn)),
  )
  // Not by the reader of foreign JSON, which cuts what is nested deep: ingest took it whole.
  const body = (column: string | null): Json => JSON.parse(join(column ?? 'null', pieces))
  return rows.map((row) => ({
    ...toSpanRow(row, join(row.facts, pieces)),
    input: body(row.input),
    output: body(row.output),
  }))
}
