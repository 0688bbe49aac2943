/**
 * The list of traces, a page at a time.
 *
 * A row that was written again may be there twice until the engine has merged the two. Telling which one
 * counts is costly where there are many, so a stretch is found first without asking, by a condition
 * that no newest row fails; then those few are looked at for certain.
 *
 * @module
 */

import { MAX_PAGE, PAGE, type Sort, SORTED_TRACES, type TraceQuery } from '../query.ts'
import type { TracePage } from '../store.ts'
import { type Connection, listOf } from './client.ts'
import { type Place, readCursor, writeCursor } from './cursor.ts'
import { toSummary, type TraceRow } from './rows.ts'
import { and, type Condition, conditionOf, during } from './where.ts'

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

/** More than a page, for what turns out not to count. */
const SPARE = 50

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
    rows.length > limit && last
      ? { sort, value: last.sorted_by, traceId: last.trace_id }
      : end
  const traces = shown.map(toSummary)
  return next ? { traces, next: writeCursor(next) } : { traces }
}

/** @returns `end`: where to go on if these are not all. */
export async function find(
  connection: Connection,
  project: string,
  query: TraceQuery,
  limit: number,
): Promise<{ rows: Found[]; end?: Place }> {
  const sort = query.sort ?? 'start'
  let place = query.before === undefined ? undefined : readCursor(query.before, sort)
  if (sort !== 'start') {
    return { rows: await among(connection, project, query, { sort, place, limit }) }
  }
  const rows: Found[] = []
  for (let stretch = 0; stretch < MAX_STRETCHES; stretch += 1) {
    const found = await stretchFrom(connection, project, query, { place, limit: limit - rows.length })
    rows.push(...found.rows)
    if (found.end === undefined || rows.length >= limit) {
      return found.end ? { rows: rows.slice(0, limit), end: found.end } : { rows: rows.slice(0, limit) }
    }
    place = found.end
  }
  return place ? { rows, end: place } : { rows }
}

/** What the next so many rows come to. */
async function stretchFrom(
  connection: Connection,
  project: string,
  query: TraceQuery,
  { place, limit }: { place: Place | undefined; limit: number },
): Promise<{ rows: Found[]; end?: Place }> {
  const isUp = query.ascending === true
  const way = isUp ? 'ASC' : 'DESC'
  const terms = (query.terms ?? []).map((term, index) => ({
    term,
    condition: conditionOf(term, `term${index}`),
  }))
  const range = [...during(query), ...(place ? [after(place, isUp)] : [])]
  // The opposite of a word is asked of all versions of a span at once, so an old one could rule it out.
  const loose = and([
    ...range,
    ...terms.filter(({ term }) => term.field !== 'text' || !term.not).map(({ condition }) => condition),
  ])
  const wanted = limit + SPARE
  const near = await connection.ask<{ trace_id: string; start_us: number }>(
    `SELECT trace_id, start_us FROM trace WHERE project = {project:String} AND spans > 0
      AND ${loose.text} ORDER BY start_us ${way}, trace_id ${way} LIMIT {wanted:UInt32}`,
    { project, wanted, ...loose.values },
  )
  const last = near.length === wanted ? near.at(-1) : undefined
  const end: Place | undefined = last && {
    sort: 'start',
    value: last.start_us,
    traceId: last.trace_id,
  }
  if (near.length === 0) return { rows: [] }
  const exact = and([...range, ...terms.map(({ condition }) => condition)])
  const rows = await connection.ask<Found>(
    `SELECT ${COLUMNS}, start_us AS sorted_by FROM trace FINAL
      WHERE project = {project:String} AND trace_id IN ${listOf('near')} AND spans > 0
      AND ${exact.text} ORDER BY start_us ${way}, trace_id ${way}`,
    { project, near: [...new Set(near.map((row) => row.trace_id))], ...exact.values },
  )
  // Beyond the end there may be others that belong between.
  const certain = end ? rows.filter((row) => !isBeyond(row, end, isUp)) : rows
  return end ? { rows: certain, end } : { rows: certain }
}

function isBeyond(row: Found, { value, traceId }: Place, isUp: boolean): boolean {
  const start = value ?? 0
  if (row.start_us !== start) return isUp ? row.start_us > start : row.start_us < start
  return isUp ? row.trace_id > traceId : row.trace_id < traceId
}

/** By another sort: of the newest. */
async function among(
  connection: Connection,
  project: string,
  query: TraceQuery,
  { sort, place, limit }: { sort: Sort; place: Place | undefined; limit: number },
): Promise<Found[]> {
  const isUp = query.ascending === true
  const way = isUp ? 'ASC' : 'DESC'
  const terms = (query.terms ?? []).map((term, index) => conditionOf(term, `term${index}`))
  const all = and([...during(query), ...terms])
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

function after({ sort, value, traceId }: Place, isUp: boolean): Condition {
  const beyond = isUp ? '>' : '<'
  const by = sort === 'start' ? 'start_us' : 'sorted_by'
  const last = { last: traceId }
  if (value === null) return { text: `${by} IS NULL AND trace_id ${beyond} {last:String}`, values: last }
  return {
    text: `${sort === 'start' ? '' : `${by} IS NULL OR `}${by} ${beyond} {at:Int64}
      OR (${by} = {at:Int64} AND trace_id ${beyond} {last:String})`,
    values: { at: value, ...last },
  }
}
