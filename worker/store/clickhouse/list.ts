/**
 * The list of traces, a page at a time.
 *
 * By start it is found a stretch at a time; by another sort all of the newest are looked at.
 *
 * @module
 */

import { MAX_PAGE, PAGE, type Sort, SORTED_TRACES, type TraceQuery } from '../query.ts'
import type { TracePage } from '../store.ts'
import { begunWords } from './begun.ts'
import { type Connection, listOf } from './client.ts'
import { type Place, readCursor, writeCursor } from './cursor.ts'
import { after, exactly, type From, nearBy } from './near.ts'
import { toSummary, type TraceRow } from './trace-rows.ts'

const SORTED_BY: Record<Sort, string> = {
  start: 'start_us',
  latency: 'duration_us',
  cost: 'cost_nano',
  tokens: 'input_tokens + output_tokens',
}

const COLUMNS = `trace_id, start_us, name, kind, status, duration_us, input_tokens, output_tokens,
  cost_nano, cost_missing, first_text_us, spans, errors, input_preview, output_preview, marks`

type Found = TraceRow & { sorted_by: number | null }

/** Stretches for one page; one does unless most of what it found is written again. */
const MAX_STRETCHES = 4

export async function list(
  connection: Connection,
  project: string,
  query: TraceQuery,
): Promise<TracePage> {
  const limit = Math.min(Math.max(Math.trunc(query.limit ?? PAGE), 1), MAX_PAGE)
  const sort = query.sort ?? 'start'
  const { rows, end } = await find(connection, project, query, limit + 1)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next =
    rows.length > limit && last ? { sort, value: last.sorted_by, traceId: last.trace_id } : end
  const traces = shown.map(toSummary)
  return next ? { traces, next: writeCursor(next) } : { traces }
}

/** @returns `end`: where to go on if these are not all. */
async function find(
  connection: Connection,
  project: string,
  query: TraceQuery,
  limit: number,
): Promise<{ rows: Found[]; end?: Place }> {
  const sort = query.sort ?? 'start'
  let place = query.before === undefined ? undefined : readCursor(query.before, sort)
  const begun = await begunWords(connection, query.terms)
  if (sort !== 'start') {
    return { rows: await among(connection, project, query, { sort, place, limit, begun }) }
  }
  const rows: Found[] = []
  for (let stretch = 0; stretch < MAX_STRETCHES; stretch += 1) {
    const found = await stretchFrom(connection, project, query, {
      place,
      begun,
      limit: limit - rows.length,
    })
    rows.push(...found.rows)
    place = found.end
    if (place === undefined || rows.length >= limit) break
  }
  return { rows: rows.slice(0, limit), ...(place && { end: place }) }
}

/** What the next so many rows come to. */
async function stretchFrom(
  connection: Connection,
  project: string,
  query: TraceQuery,
  from: From,
): Promise<{ rows: Found[]; end?: Place }> {
  const isUp = query.ascending === true
  const near = await nearBy(connection, project, query, from)
  if (near.ids.length === 0) return { rows: [] }
  const { text, values } = exactly(query, from)
  const way = isUp ? 'ASC' : 'DESC'
  const rows = await connection.ask<Found>(
    `SELECT ${COLUMNS}, start_us AS sorted_by FROM trace FINAL
      WHERE project = {project:String} AND trace_id IN ${listOf('near')} AND spans > 0
      AND ${text} ORDER BY start_us ${way}, trace_id ${way}`,
    { project, near: near.ids, ...values },
  )
  const { end } = near
  // Beyond the end there may be others that belong between.
  return end ? { rows: rows.filter((row) => !isBeyond(row, end, isUp)), end } : { rows }
}

function isBeyond(row: Found, { value, traceId }: Place, isUp: boolean): boolean {
  const start = value ?? 0
  if (row.start_us !== start) return isUp ? row.start_us > start : row.start_us < start
  return isUp ? row.trace_id > traceId : row.trace_id < traceId
}

/** By another sort: of the newest. */
function among(
  connection: Connection,
  project: string,
  query: TraceQuery,
  { sort, place, limit, begun }: From & { sort: Sort },
): Promise<Found[]> {
  const isUp = query.ascending === true
  const way = isUp ? 'ASC' : 'DESC'
  const all = exactly(query, { place: undefined, begun })
  const beyond = place ? after(place, isUp) : { text: '1', values: {} }
  return connection.ask<Found>(
    `SELECT * FROM (
        SELECT ${COLUMNS}, ${SORTED_BY[sort]} AS sorted_by FROM trace FINAL
        WHERE project = {project:String} AND spans > 0 AND ${all.text}
        ORDER BY start_us DESC LIMIT ${SORTED_TRACES})
      WHERE ${beyond.text}
      ORDER BY sorted_by ${way} NULLS LAST, trace_id ${way} LIMIT {limit:UInt32}`,
    { project, limit, ...all.values, ...beyond.values },
  )
}
