/**
 * Ways to look at what a client gives.
 *
 * @module
 */

import { described } from './plain.ts'

/** Pages and tool loops are both: to be iterated, or awaited for something else. */
type Source<Item> = AsyncIterable<Item> | PromiseLike<AsyncIterable<Item>>

/** All items in their order, and the error that ended them if one did. */
export async function collected<Item>(source: Source<Item>): Promise<unknown> {
  const items: Item[] = []
  try {
    for await (const item of await opened(source)) items.push(item)
  } catch (error) {
    return { items, thrown: described(error) }
  }
  return items
}

/** The first items; then the reader leaves. */
export async function first<Item>(count: number, source: Source<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of await opened(source)) {
    items.push(item)
    if (items.length === count) break
  }
  return items
}

/** Aborts after so many items, and goes on reading. */
export async function abortedAfter<Item>(
  count: number,
  controller: AbortController,
  source: Source<Item>,
): Promise<unknown> {
  const items: Item[] = []
  try {
    for await (const item of await opened(source)) {
      items.push(item)
      if (items.length === count) controller.abort()
    }
  } catch (error) {
    return { items, thrown: described(error) }
  }
  return { items, thrown: 'nothing' }
}

async function opened<Item>(
  source: Source<Item>,
): Promise<{ [Symbol.asyncIterator](): AsyncIterator<Item> }> {
  const stream = Symbol.asyncIterator in source ? source : await source
  return { [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator]() } // no thenable, to be awaited again
}

export async function thrown(work: PromiseLike<unknown>): Promise<unknown> {
  try {
    return { 'nothing was thrown': await work }
  } catch (error) {
    return described(error)
  }
}

export function headOf(response: Response): object {
  const { url, status, statusText, ok, redirected, type, bodyUsed, headers } = response
  const isResponse = response instanceof Response
  return { url, status, statusText, ok, redirected, type, bodyUsed, isResponse, headers }
}
