/**
 * Context that follows the program across `await`, where the runtime has it.
 *
 * Looked for by capability, in the order in which it costs least; a runtime without any gives none,
 * and whoever needs context there passes it on by hand.
 *
 * @module
 */

import { globals } from './globals.ts'

/** As much of `AsyncLocalStorage` as is needed. */
export interface AsyncStorage {
  getStore(): unknown
  run<Result>(store: unknown, callback: () => Result): Result
}

/** Finds a storage without waiting: Node, Bun, Deno, and Workers whose Node compatibility is on. */
export function findAsyncStorage(): AsyncStorage | undefined {
  return construct(globals.process?.getBuiltinModule?.('node:async_hooks')) ?? construct(globals)
}

/** Finds a storage that can only be imported: Workers with the flag `nodejs_als` alone. */
export async function importAsyncStorage(): Promise<AsyncStorage | undefined> {
  const name = 'node:async_hooks'
  try {
    // The comments keep bundlers from resolving what only the runtime can answer.
    return construct(await import(/* webpackIgnore: true */ /* @vite-ignore */ name))
  } catch {
    return undefined
  }
}

function construct(holder: unknown): AsyncStorage | undefined {
  if (!hasStorage(holder)) return undefined
  try {
    return new holder.AsyncLocalStorage()
  } catch {
    return undefined
  }
}

function hasStorage(holder: unknown): holder is { AsyncLocalStorage: new () => AsyncStorage } {
  return (
    ((typeof holder === 'object' && holder !== null) || typeof holder === 'function') &&
    'AsyncLocalStorage' in holder &&
    typeof holder.AsyncLocalStorage === 'function'
  )
}
