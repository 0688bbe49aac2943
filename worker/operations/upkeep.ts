/**
 * What has to be done now and then, whoever asks or does not: what is older than a project keeps goes,
 * deleted projects are emptied, and stores do what they put off.
 *
 * A run is bounded; what is left comes with the next. What fails for one project does not keep the
 * others from their turn.
 *
 * @module
 */

import type { Directory } from '../auth/directory.ts'
import { finishRemovals, type RemoveData } from '../auth/removal.ts'
import { retentionDue } from '../auth/settings.ts'
import type { Store } from '../store/store.ts'

export interface UpkeepOptions {
  store: Store
  directory: Directory
  removeData: RemoveData
  /** Whether the store does not see by itself to what it put off, as a Durable Object does. */
  tend: boolean
  /** Told of what failed; the run goes on. */
  onError: (error: unknown) => void
  /** Microseconds since 1970. */
  nowUs: number
}

/** Of one project in one run: at 2,000 spans a slice half a million spans, or some 20 seconds. */
const MAX_SLICES = 250

export async function upkeep({
  store,
  directory,
  removeData,
  tend,
  onError,
  nowUs,
}: UpkeepOptions): Promise<void> {
  const settings = await directory.allSettings()
  for (const { project, beforeUs } of retentionDue(settings, nowUs)) {
    await repeat(async () => (await store.remove(project, { beforeUs })).more).catch(onError)
  }
  await finishRemovals(directory, removeData, nowUs).catch(onError)
  for (const { id } of tend ? await directory.projects() : []) {
    await repeat(() => store.tend(id)).catch(onError)
  }
}

async function repeat(slice: () => Promise<boolean>): Promise<void> {
  for (let count = 0; count < MAX_SLICES; count += 1) {
    if (!(await slice())) return
  }
}
