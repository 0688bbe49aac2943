/**
 * Context that follows the program across `await`, where the runtime has it.
 *
 * Looked for by capability; a runtime without any gives none, and whoever needs context there
 * passes it on by hand.
 *
 * @module
 */

import { isAnyObject } from '../json.ts'
import { globals } from './globals.ts'
import { importBuiltIn, nothing } from './workerd.ts'

/** As much of `AsyncLocalStorage` as is needed. */
export interface AsyncStorage {
  getStore(): unknown
  run<Result>(store: unknown, callback: () => Result): Result
}

// For Workers with the flag `nodejs_als` alone, where there is no `process` to ask.
let imported: unknown
importBuiltIn(
  () => import(/* webpackIgnore: true */ /* @vite-ignore */ 'node:async_hooks').catch(nothing),
  (module) => (imported = module),
)

/** Where it is looked for, in this order. */
const SOURCES: readonly (readonly [name: string, holder: () => unknown])[] = [
  ['node:async_hooks', () => globals.process?.getBuiltinModule?.('node:async_hooks')],
  ['globalThis.AsyncLocalStorage', () => globals],
  ['node:async_hooks, imported', () => imported],
]

export interface FoundStorage {
  /** Where it was found. */
  source: string
  storage: AsyncStorage
}

/** A new storage: on Node, Bun, Deno, and Workers that have any kind of Node compatibility. */
export function findAsyncStorage(): FoundStorage | undefined {
  for (const [source, get] of SOURCES) {
    const holder = get()
    if (hasStorage(holder)) return { source, storage: new holder.AsyncLocalStorage() }
  }
  return undefined
}

function hasStorage(holder: unknown): holder is { AsyncLocalStorage: new () => AsyncStorage } {
  return isAnyObject(holder) && typeof holder.AsyncLocalStorage === 'function'
}
