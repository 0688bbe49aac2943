/** Looking at all of a project, and doing things in any order. */

import type { Facet } from '../../worker/store/query.ts'
import type { Store } from '../../worker/store/store.ts'

/** All that a project shows. */
export async function everything(store: Store, project: string) {
  const { traces } = await store.list(project, { limit: 200 })
  const rows = await Promise.all(traces.map((trace) => store.trace(project, trace.traceId)))
  const ids = rows.flat().map((span) => span.id)
  const spans = (await Promise.all(ids.map((id) => store.spans(project, [id])))).flat()
  const { model, tag } = await store.facets(project, { fields: ['model', 'tag'] })
  return { traces, spans, models: namesOf(model), tags: namesOf(tag) }
}

function namesOf(facets: Facet[] = []): string[] {
  return facets.map(({ value }) => value).toSorted()
}

export function shuffled<T>(list: readonly T[], chance: Iterator<number>): T[] {
  return list
    .map((item) => ({ item, at: next(chance) }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item)
}

export function next(chance: Iterator<number>): number {
  const { value } = chance.next()
  return value
}
