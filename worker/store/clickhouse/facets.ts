/**
 * Which values a field has among the newest traces that meet a question, and how many have each.
 *
 * @module
 */

import { FACET_TRACES, type FacetQuery, type Facets, MAX_FACETS, type WordField } from '../query.ts'
import { decode } from '../text.ts'
import { begunWords } from './begun.ts'
import { type Connection, listOf } from './client.ts'
import { exactly, nearBy } from './near.ts'

interface Row {
  field: WordField
  value: string
  traces: number
}

export async function facets(
  connection: Connection,
  project: string,
  { fields, ...query }: FacetQuery,
): Promise<Facets> {
  const from = {
    place: undefined,
    limit: FACET_TRACES,
    begun: await begunWords(connection, query.terms),
  }
  const { ids } = await nearBy(connection, project, query, from)
  const { text, values } = exactly(query, from)
  const rows = await connection.ask<Row>(
    `SELECT splitByChar('\\n', mark)[1] AS field,
        substring(mark, length(field) + 2) AS value, count() AS traces
      FROM (SELECT marks FROM trace FINAL
        WHERE project = {project:String} AND trace_id IN ${listOf('near')} AND spans > 0 AND ${text}
        ORDER BY start_us DESC, trace_id DESC LIMIT ${FACET_TRACES})
      ARRAY JOIN arrayDistinct(marks) AS mark
      WHERE has(${listOf('fields')}, field)
      GROUP BY field, value ORDER BY traces DESC, value LIMIT ${MAX_FACETS} BY field`,
    { project, near: ids, fields, ...values },
  )
  const byField = Map.groupBy(rows, ({ field }) => field)
  return Object.fromEntries(
    fields.map((field) => [
      field,
      (byField.get(field) ?? []).map((row) => ({ value: decode(row.value), traces: row.traces })),
    ]),
  )
}
