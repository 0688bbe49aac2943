/**
 * @see https://github.com/honojs/node-server
 * @module
 */

import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import { DRAIN_MS, IDLE_SECONDS, type Listening, type ListenOptions } from './listening.ts'

const HEADERS_SECONDS = 20

export function listenOnNode({
  fetch,
  host,
  port,
  drainMs = DRAIN_MS,
}: ListenOptions): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: (request, env) =>
          fetch(request, {
            address: 'incoming' in env ? env.incoming.socket.remoteAddress : undefined,
          }),
        hostname: host,
        port,
        serverOptions: {
          headersTimeout: HEADERS_SECONDS * 1000,
          requestTimeout: IDLE_SECONDS * 1000,
          keepAliveTimeout: IDLE_SECONDS * 1000,
        },
      },
      (info) => resolve({ port: info.port, stop: () => stop(server as Server, drainMs) }),
    )
    server.once('error', reject)
  })
}

function stop(server: Server, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), drainMs)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
