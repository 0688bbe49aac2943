/**
 * Removing a project with all its data.
 *
 * Its keys are refused and its pages gone at once, and so is as much of its data as can go while
 * somebody waits. The rest is scheduled work, which also mends what failed, and removes whatever an
 * isolate that had not heard of it wrote afterwards.
 *
 * @module
 */

import type { Store } from '../store/store.ts'
import type { Directory } from './directory.ts'
import { Invalid } from './invalid.ts'
import { REMEMBER_MS } from './keys.ts'
import { LOCAL_PROJECT } from './local-key.ts'

/** Removes a slice of what is kept of a project, and says whether there is more. */
export type RemoveData = (project: string) => Promise<boolean>

/** Of a store: every trace, whenever it began. */
export function removalFrom(store: Pick<Store, 'remove'>): RemoveData {
  return async (project) =>
    (await store.remove(project, { beforeUs: Number.MAX_SAFE_INTEGER })).more
}

/** While somebody waits. */
const SLICES_AT_ONCE = 20

/** In one run of scheduled work, of one project. */
const SLICES_BY_SCHEDULE = 200

/** By then every isolate has forgotten the keys, and what it was writing is written. */
const SETTLED_US = (REMEMBER_MS + 5 * 60_000) * 1000

/**
 * Whether there was such a project. What of its data could not be removed now, `finishRemovals` does.
 *
 * @throws {Invalid} For the project that a host's own machine sends to by itself.
 */
export async function removeProject(
  directory: Directory,
  id: string,
  removeData: RemoveData,
  onError: (error: unknown) => void,
): Promise<boolean> {
  if (id === LOCAL_PROJECT) throw new Invalid('the project of this machine cannot be deleted')
  if (!(await directory.removeProject(id))) return false
  await removeSlices(id, removeData, SLICES_AT_ONCE).catch(onError)
  return true
}

/**
 * To be called by schedule. A project whose data cannot be removed keeps no other from its turn.
 *
 * @throws {AggregateError} What failed, once all had their turn.
 */
export async function finishRemovals(
  directory: Directory,
  removeData: RemoveData,
  nowUs: number,
): Promise<void> {
  const failures: unknown[] = []
  for (const id of await directory.removedProjects(nowUs - SETTLED_US)) {
    try {
      const isEmpty = await removeSlices(id, removeData, SLICES_BY_SCHEDULE)
      if (isEmpty) await directory.forgetProject(id)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'projects could not be removed')
}

async function removeSlices(id: string, removeData: RemoveData, slices: number): Promise<boolean> {
  for (let slice = 0; slice < slices; slice += 1) {
    if (!(await removeData(id))) return true
  }
  return false
}
