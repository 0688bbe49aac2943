/**
 * The one Durable Object that knows all projects and keys, and the keys as the Worker sees them.
 *
 * @module
 */

import { DurableObject } from 'cloudflare:workers'
import { durableDriver } from '../store/durable/durable-driver.ts'
import { directory, type DirectoryBook, type KeyEntry } from './directory.ts'
import {
  type Grant,
  hashKey,
  type Keys,
  newKey,
  rememberedKeys,
  type Scope,
  SCOPES,
} from './keys.ts'

export class Directory extends DurableObject {
  readonly #book: DirectoryBook

  constructor(context: DurableObjectState, env: Cloudflare.Env) {
    super(context, env)
    this.#book = directory(durableDriver(context.storage))
  }

  find(hash: string): Promise<Grant | undefined> {
    return this.#book.find(hash)
  }

  admit(hash: string, key: KeyEntry): Promise<void> {
    return this.#book.admit(hash, key)
  }

  revoke(id: string): Promise<boolean> {
    return this.#book.revoke(id)
  }
}

/** The directory of this deployment. */
export function theDirectory(directories: DurableObjectNamespace<Directory>) {
  return directories.get(directories.idFromName('directory'))
}

/** Makes a key. Its text is in the answer and nowhere else: it cannot be shown again. */
export async function createKey(
  directories: DurableObjectNamespace<Directory>,
  project: string,
  name: string,
  scopes: readonly Scope[],
): Promise<{ key: string; id: string }> {
  const key = newKey()
  const id = crypto.randomUUID()
  await theDirectory(directories).admit(await hashKey(key), { id, project, name, scopes })
  return { key, id }
}

export const LOCAL_PROJECT = 'local'

/**
 * @param localKey Made known before the first look-up, as a key to everything in `LOCAL_PROJECT`.
 */
export function directoryKeys(
  directories: DurableObjectNamespace<Directory>,
  localKey: string | undefined,
): Keys {
  let ready: Promise<void> | undefined

  async function admitLocal(): Promise<void> {
    if (localKey !== undefined) {
      const key = {
        id: crypto.randomUUID(),
        project: LOCAL_PROJECT,
        name: LOCAL_PROJECT,
        scopes: SCOPES,
      }
      await theDirectory(directories).admit(await hashKey(localKey), key)
    }
  }

  return rememberedKeys(async (hash) => {
    ready ??= admitLocal().catch((error: unknown) => {
      ready = undefined
      throw error
    })
    await ready
    return theDirectory(directories).find(hash)
  })
}
