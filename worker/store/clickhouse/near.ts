/**
 * A question as a condition, and what is near to its answer.
 *
 * A row that was written again may be there twice until the engine has merged the two. Telling which one
 * counts is costly where there are many, so a stretch is found without telling; then those few are
 * looked at for certain.
 *
 * @module
 */

import type { TraceQuery } from '../query.ts'
import type { Begun } from './begun.ts'
import type { Connection } from './client.ts'
import type { Place } from './cursor.ts'
import { and, type Condition, conditionOf, during } from './where.ts'

/** More than a page, for what turns out not to count. */
const SPARE = 50

export interface From {
  place: Place | undefined
  limit: number
  begun: Begun
}

/** Traces of which a row, new or old, meets the question: the first so many, and where they end. */
export async function nearBy(
  connection: Connection,
  project: string,
  query: TraceQuery,
  { place, limit, begun }: From,
): Promise<{ ids: string[]; end?: Place }> {
  const way = query.ascending === true ? 'ASC' : 'DESC'
  // The opposite of a word is asked of a span as it is now, and of a trace as it was: certain it is later.
  const terms = query.terms?.filter((term) => term.field !== 'text' || !term.not) ?? []
  const { text, values } = exactly({ ...query, terms }, { place, begun })
  const wanted = limit + SPARE
  const rows = await connection.ask<{ trace_id: string; start_us: number }>(
    `SELECT trace_id, start_us FROM trace WHERE project = {project:String} AND spans > 0
      AND ${text} ORDER BY start_us ${way}, trace_id ${way} LIMIT {wanted:UInt32}`,
    { project, wanted, ...values },
  )
  const last = rows.length === wanted ? rows.at(-1) : undefined
  return {
    ids: [...new Set(rows.map((row) => row.trace_id))],
    ...(last && { end: { sort: 'start', value: last.start_us, traceId: last.trace_id } }),
  }
}

export function exactly(query: TraceQuery, { place, begun }: Omit<From, 'limit'>): Condition {
  const terms = query.terms ?? []
  return and([
    ...during(query),
    ...(place ? [after(place, query.ascending === true)] : []),
    ...terms.map((term, index) => conditionOf(term, `term${index}`, begun)),
  ])
}

export function after({ sort, value, traceId }: Place, isUp: boolean): Condition {
  const beyond = isUp ? '>' : '<'
  const by = sort === 'start' ? 'start_us' : 'sorted_by'
  const last = { last: traceId }
  if (value === null)
    return { text: `${by} IS NULL AND trace_id ${beyond} {last:String}`, values: last }
  return {
    text: `${sort === 'start' ? '' : `${by} IS NULL OR `}${by} ${beyond} {at:Int64}
      OR (${by} = {at:Int64} AND trace_id ${beyond} {last:String})`,
    values: { at: value, ...last },
  }
}
