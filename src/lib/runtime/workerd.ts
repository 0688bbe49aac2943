/**
 * Modules that workerd has inside, and that can only be imported.
 *
 * The import is begun when our own module is loaded, so that it is done before the first request:
 * one begun in a request would be done too late for it, and be shared with the next.
 *
 * @module
 */

import { globals } from './globals.ts'

/**
 * Calls back with the module, or never: elsewhere, or where a compatibility flag keeps it away.
 *
 * @param load Imports it by its literal name and catches at once, with `nothing`: the form in which
 * bundlers leave alone what only workerd can resolve.
 */
export function importBuiltIn(
  load: () => Promise<unknown>,
  found: (module: unknown) => void,
): void {
  if (globals.WebSocketPair) void load().then(found)
}

export function nothing(): undefined {
  return undefined
}
