/**
 * The end of what nobody holds any more, now instead of some time.
 *
 * @module
 */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

/** What was freed is told in tasks of their own, and may free more. */
const ROUNDS = 3

export async function collectGarbage(): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    if (typeof collect === 'function') collect()
    await new Promise((resolve) => setImmediate(resolve))
  }
}
