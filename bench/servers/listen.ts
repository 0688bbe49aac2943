/**
 * A server in a process of its own: it tells its parent where it listens, and ends with it.
 *
 * @module
 */

import type { Server } from 'node:http'

export function listenForParent(server: Server): void {
  server.keepAliveTimeout = 120_000 // longer than any run: no client meets a connection just closed
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (address && typeof address === 'object') process.send?.({ port: address.port })
  })
  process.on('disconnect', () => process.exit(0))
}
