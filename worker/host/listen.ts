/**
 * One server for three runtimes: Bun's and Deno's own, and Hono's for Node.
 *
 * Stopping takes no new connection, lets requests come to their end for a while, and cuts what is left.
 *
 * @module
 */

import { listenOnBun } from './listen-bun.ts'
import { listenOnDeno } from './listen-deno.ts'
import { listenOnNode } from './listen-node.ts'
import type { Listening, ListenOptions } from './listening.ts'

/** Fails where the address cannot be had. */
export function listen(options: ListenOptions): Promise<Listening> {
  if ('Bun' in globalThis) return listenOnBun(options)
  return 'Deno' in globalThis ? listenOnDeno(options) : listenOnNode(options)
}
