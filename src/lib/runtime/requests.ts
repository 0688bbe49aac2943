/**
 * What runtimes do to a `Request` that is looked into.
 *
 * @module
 */

import { globals } from './globals.ts'

/**
 * Whether `request.clone()`, or a look at `request.body`, leaves the way it is sent as it was.
 * Deno forgets the body's length by it, and sends it in chunks.
 */
export function mayCopyRequests(): boolean {
  return !globals.Deno
}
