/**
 * The key of a host's own machine, known without anybody having made it.
 *
 * @module
 */

import type { Directory } from './directory.ts'
import { hashKey, SCOPES } from './keys.ts'

export const LOCAL_PROJECT = 'local'

/** The directory, in which `key` opens everything in `LOCAL_PROJECT` from the first question on. */
export function withLocalKey(directory: Directory, key: string | undefined): Directory {
  if (key === undefined) return directory
  let ready: Promise<unknown> | undefined

  async function admit(text: string): Promise<void> {
    await directory.admit(await hashKey(text), {
      id: crypto.randomUUID(),
      project: LOCAL_PROJECT,
      name: LOCAL_PROJECT,
      scopes: SCOPES,
      origins: [],
    })
  }

  return {
    ...directory,
    async grant(hash) {
      ready ??= admit(key).catch((error: unknown) => {
        ready = undefined
        throw error
      })
      await ready
      return directory.grant(hash)
    },
  }
}
