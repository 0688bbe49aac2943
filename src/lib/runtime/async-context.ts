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

/** A new storage: on Node, Bun, Deno, and Workers that have any kind of Node compatibility. */
export function findAsyncStorage(): AsyncStorage | undefined {
  return (
    construct(globals.process?.getBuiltinModule?.('node:async_hooks')) ??
    construct(globals) ??
    construct(imported)
  )
}

function construct(holder: unknown): AsyncStorage | undefined {
  return hasStorage(holder) ? new holder.AsyncLocalStorage() : undefined
}

function hasStorage(holder: unknown): holder is { AsyncLocalStorage: new () => AsyncStorage } {
  return isAnyObject(holder) && typeof holder.AsyncLocalStorage === 'function'
}
