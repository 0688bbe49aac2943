/**
 * The list of traces, a page at a time.
 *
 * Nothing is added up and no body is read. A question that few traces meet is answered a stretch at a
 * time: `next` leads on where the page is short.
 *
 * @module
 */

import { MAX_PAGE, PAGE, type Sort, type TraceQuery } from '../query.ts'
import { shownScore } from '../marks.ts'
import { MAX_LABELS } from '../shown.ts'
import type { TracePage } from '../store.ts'
import { decode } from '../text.ts'
import { type Place, readCursor, writeCursor } from './cursor.ts'
import { type Driver, rowsOf, typed, type Value } from './driver.ts'
import { type Lead, leadOf } from './lead.ts'
import { sql, SUMMARY } from './sql.ts'
import { toSummary, type TraceColumns } from './trace-rows.ts'
import type { Condition } from './where.ts'

const SORTED_BY: Record<Exclude<Sort, 'start'>, string> = {
  latency: 'trace.duration_us',
  cost: 'trace.cost_nano',
  tokens: '(trace.input_tokens + trace.output_tokens)',
}

type Found = TraceColumns & { sorted_by: number | null }

export async function list(driver: Driver, query: TraceQuery): Promise<TracePage> {
  const limit = Math.min(Math.max(Math.trunc(query.limit ?? PAGE), 1), MAX_PAGE)
  const { rows, end } = await find(driver, query, limit + 1)
  const shown = rows.slice(0, limit)
  const traces = await summaries(driver, shown)
  const last = shown.at(-1)
  const sort = query.sort ?? 'start'
  const next = rows.length > limit && last ? { sort, value: last.sorted_by, key: last.key } : end
  return next ? { traces, next: writeCursor(next) } : { traces }
}

/** @returns `end`: where the stretch ended in which these are all. */
export async function find(
  driver: Driver,
  query: TraceQuery,
  limit: number,
): Promise<{ rows: Found[]; end?: Place }> {
  const sort = query.sort ?? 'start'
  const place = query.before === undefined ? undefined : readCursor(query.before, sort)
  const lead = await leadOf(driver, query)
  const isUp = query.ascending === true
  const end = await stretchEnd(driver, lead, sort === 'start' ? { place, isUp } : { sort })
  const value = sort === 'start' ? lead.start : SORTED_BY[sort]
  const conditions = [
    lead.where,
    ...(end ? [upTo(lead, end, sort === 'start' && isUp)] : []),
    ...(place ? [after({ value, key: lead.key }, place, isUp)] : []),
  ]
  const way = isUp ? 'ASC' : 'DESC'
  const rows = await rowsOf<Found>(
    driver,
    `SELECT ${SUMMARY}, ${value} AS sorted_by FROM ${lead.from.text}
      WHERE ${conditions.map(({ text }) => `(${text})`).join(' AND ')}
      ORDER BY ${value} ${way}${sort === 'start' ? '' : ' NULLS LAST'}, ${lead.key} ${way} LIMIT ?`,
    ...valuesOf([lead.from, ...conditions]),
    limit,
  )
  // By another sort a stretch is all that is looked at.
  return end && sort === 'start' ? { rows, end } : { rows }
}

/** The last trace of a stretch, if there is need for one and it does not reach to the end. */
async function stretchEnd(
  driver: Driver,
  { index, start, key, isSelective, stretch }: Lead,
  { place, isUp = false, sort }: { place?: Place | undefined; isUp?: boolean; sort?: Sort },
): Promise<Place | undefined> {
  if (index === undefined || (sort === undefined && !isSelective)) return undefined
  const conditions = [index, ...(place ? [after({ value: start, key }, place, isUp)] : [])]
  const way = isUp ? 'ASC' : 'DESC'
  const [last] = await rowsOf<{ value: number; key: number }>(
    driver,
    `SELECT ${start} AS value, ${key} AS key FROM ${index.from}
      WHERE ${conditions.map(({ text }) => `(${text})`).join(' AND ')}
      ORDER BY ${start} ${way}, ${key} ${way} LIMIT 1 OFFSET ${stretch - 1}`,
    ...valuesOf(conditions),
  )
  return last && { sort: 'start', ...last }
}

/** What comes after a place. One comparison less would walk the index from its end. */
function after(
  { value, key }: { value: string; key: string },
  place: Place,
  isUp: boolean,
): Condition {
  const beyond = isUp ? '>' : '<'
  if (place.value === null)
    return { text: `${value} IS NULL AND ${key} ${beyond} ?`, values: [place.key] }
  if (place.sort === 'start') {
    return {
      text: `${value} ${beyond}= ? AND (${value} ${beyond} ? OR ${key} ${beyond} ?)`,
      values: [place.value, place.value, place.key],
    }
  }
  return {
    text: `${value} IS NULL OR ${value} ${beyond} ? OR (${value} = ? AND ${key} ${beyond} ?)`,
    values: [place.value, place.value, place.key],
  }
}

/** What comes no later than the end of a stretch. */
function upTo(lead: Lead, { value, key }: Place, isUp: boolean): Condition {
  const before = isUp ? '<' : '>'
  return {
    text: `${lead.start} ${before}= ? AND (${lead.start} ${before} ? OR ${lead.key} ${before}= ?)`,
    values: [value, value, key],
  }
}

function valuesOf(conditions: readonly { values: readonly Value[] }[]): Value[] {
  return conditions.flatMap(({ values }) => values)
}

async function summaries(driver: Driver, rows: readonly TraceColumns[]) {
  if (rows.length === 0) return []
  const keys = JSON.stringify(rows.map(({ key }) => key))
  const [models, tags, scores] = await driver.run([
    [sql.labelsOf, keys, 'model'],
    [sql.labelsOf, keys, 'tag'],
    [sql.labelsOf, keys, 'score'],
  ])
  const labels = [models, tags, scores].map((found) =>
    Map.groupBy(typed<{ trace: number; value: string }>(found), ({ trace }) => trace),
  )
  const valuesFor = (key: number, which: number) =>
    (labels[which]?.get(key) ?? [])
      .slice(0, MAX_LABELS)
      .map(({ value }) => decode(value))
      .toSorted()
  return rows.map((row) =>
    toSummary(row, {
      models: valuesFor(row.key, 0),
      tags: valuesFor(row.key, 1),
      scores: valuesFor(row.key, 2).map(shownScore),
    }),
  )
}
