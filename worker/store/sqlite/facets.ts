/**
 * Which values a field has among the newest traces that meet a question, and how many have each.
 *
 * @module
 */

import { FACET_TRACES, type FacetQuery, type Facets, MAX_FACETS, type WordField } from '../query.ts'
import { type Driver, rowsOf } from './driver.ts'
import { find } from './list.ts'
import { decode } from '../text.ts'

type Row = { field: WordField; value: string; traces: number }

export async function facets(driver: Driver, query: FacetQuery): Promise<Facets> {
  const { fields, ...question } = query
  const { rows: traces } = await find(driver, question, FACET_TRACES)
  const rows = await rowsOf<Row>(
    driver,
    `SELECT label.field, label.value, count(*) AS traces FROM json_each(?1) AS found
      CROSS JOIN json_each(?2) AS wanted
      CROSS JOIN label ON label.trace = found.value AND label.field = wanted.value
      GROUP BY label.field, label.value ORDER BY traces DESC, label.value`,
    JSON.stringify(traces.map(({ key }) => key)),
    JSON.stringify(fields),
  )
  const byField = Map.groupBy(rows, ({ field }) => field)
  return Object.fromEntries(
    fields.map((field) => [
      field,
      (byField.get(field) ?? [])
        .slice(0, MAX_FACETS)
        .map((row) => ({ value: decode(row.value), traces: row.traces })),
    ]),
  )
}
