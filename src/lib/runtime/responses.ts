/**
 * What runtimes do with a `Response` beside running its methods.
 *
 * @module
 */

import { globals } from './globals.ts'

let answer: boolean | undefined

/**
 * Whether all that is read of a response is read by its methods. Not so where a server or a cache
 * inside of the runtime may take it (Bun, Deno, Workers, browsers), nor where its inside stands open,
 * and libraries look into it (Node before 24).
 */
export function mayWatchLate(): boolean {
  return (answer ??= find())
}

function find(): boolean {
  const { process, Bun, Deno, WebSocketPair, EdgeRuntime } = globals
  const isElsewhere = Bun ?? Deno ?? WebSocketPair ?? EdgeRuntime ?? Reflect.get(globals, 'caches')
  return Boolean(process?.version) && !isElsewhere && Reflect.ownKeys(new Response()).length === 0
}
