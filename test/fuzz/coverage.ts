/**
 * Which parts of the SDK have run, block by block, as V8 counts them.
 *
 * @see https://v8.dev/blog/javascript-code-coverage
 * @module
 */

import { Session } from 'node:inspector/promises'

/** Tells the blocks that have run since it was last asked. */
export type Coverage = () => Promise<ReadonlySet<string>>

/** Of the files below this folder. */
export async function watchCoverage(folder: string): Promise<Coverage> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })

  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage')
    const blocks = new Set<string>()
    for (const { url, functions } of result) {
      if (!url.startsWith(folder)) continue
      for (const { startOffset, endOffset, count } of functions.flatMap((each) => each.ranges))
        if (count > 0) blocks.add(`${url} ${startOffset} ${endOffset}`)
    }
    return blocks
  }
}
