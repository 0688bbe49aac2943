/**
 * A server on a free port of this machine.
 *
 * @module
 */

import type { Server } from 'node:http'

export interface Listening {
  /** Without a path, such as `http://127.0.0.1:41234`. */
  readonly url: string
  /** Ends the connections that are open, too. */
  close(): Promise<void>
}

export async function listen(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
