/**
 * Which values a field has among the newest traces that meet a question, and how many have each.
 *
 * @module
 */

import { FACET_TRACES, type FacetQuery, type Facets, MAX_FACETS } from '../query.ts'
import type { Connection } from './client.ts'
import { find } from './list.ts'
import { valuesOf } from './rows.ts'

export async function facets(
  connection: Connection,
  project: string,
  query: FacetQuery,
): Promise<Facets> {
  const { fields, ...question } = query
  const { rows } = await find(connection, project, question, FACET_TRACES)
  return Object.fromEntries(
    fields.map((field) => {
      const counts = new Map<string, number>()
      for (const value of rows.flatMap((row) => valuesOf(row, field))) {
        counts.set(value, (counts.get(value) ?? 0) + 1)
      }
      const facets = [...counts].map(([value, traces]) => ({ value, traces }))
      facets.sort((one, other) => other.traces - one.traces || (one.value < other.value ? -1 : 1))
      return [field, facets.slice(0, MAX_FACETS)]
    }),
  )
}
