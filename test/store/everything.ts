/** Looking at all of a project, and doing things in any order. */

import type { Store } from '../../worker/store/store.ts'

/** All that a project shows. */
export async function everything(store: Store, project: string) {
  const { traces } = await store.list(project, { limit: 200 })
  const rows = await Promise.all(traces.map((trace) => store.trace(project, trace.traceId)))
  const spans = await Promise.all(rows.flat().map((span) => store.span(project, span.id)))
  return {
    traces,
    spans,
    models: await store.values(project, 'model'),
    tags: await store.values(project, 'tag'),
  }
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
