/**
 * Long lists a slice at a time: the value of a parameter may have 128 KiB.
 *
 * @module
 */

const MAX_IDS = 1000

export async function inSlices<T, R>(
  list: readonly T[],
  ask: (some: readonly T[]) => Promise<R[]>,
): Promise<R[]> {
  const found: R[] = []
  for (let start = 0; start < list.length; start += MAX_IDS) {
    found.push(...(await ask(list.slice(start, start + MAX_IDS))))
  }
  return found
}
