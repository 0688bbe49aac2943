/**
 * A store in memory with the spans of samples in it, for looking at the dashboard alone.
 *
 * @module
 */

import { nodeDriver } from '../../../worker/node/node-driver.ts'
import { pricing } from '../../../worker/price/price.ts'
import { sqliteStore } from '../../../worker/store/sqlite/sqlite.ts'
import type { SpanChange, SpanDetail, Store } from '../../../worker/store/store.ts'

/** @param spans Asked before each question, as a test may add some. */
export function memoryStore(spans: () => readonly SpanDetail[]): Store {
  const store = sqliteStore(nodeDriver(), { price: pricing })
  const written = new Set<SpanDetail>()
  let filling: Promise<unknown> = Promise.resolve()

  async function filled() {
    const added = spans().filter((span) => !written.has(span))
    for (const span of added) written.add(span)
    if (added.length > 0) filling = filling.then(() => store.write(added.map(toChange)))
    await filling
    return store
  }

  return {
    write: async (_, changes) => (await filled()).write(changes),
    list: async (_, query) => (await filled()).list(query),
    trace: async (_, traceId) => (await filled()).trace(traceId),
    spans: async (_, ids) => (await filled()).spans(ids),
    sum: async (_, query) => (await filled()).sum(query),
    facets: async (_, query) => (await filled()).facets(query),
    sessions: async (_, query) => (await filled()).sessions(query),
    remove: async (_, what) => (await filled()).remove(what),
    configure: async (_, settings) => (await filled()).configure(settings),
    tend: async () => (await filled()).tend(),
  }
}

export function toChange({ costNano: _costNano, ...span }: SpanDetail): SpanChange {
  return { ...span, seq: null }
}
