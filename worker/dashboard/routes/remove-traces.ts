/**
 * Removes traces for who waits for it.
 *
 * @module
 */

import type { Store } from '../../store/store.ts'

/** A call of the store removes a slice; a request goes on this often. */
const MAX_SLICES = 50

export async function removeTraces(
  store: Store,
  project: string,
  traces: readonly string[],
): Promise<void> {
  for (let slice = 0; slice < MAX_SLICES; slice += 1) {
    if (!(await store.remove(project, { traces })).more) return
  }
  throw new Error('what was to be removed was more than could be at once')
}
