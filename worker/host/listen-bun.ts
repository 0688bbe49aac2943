/**
 * @see https://bun.com/docs/api/http
 * @module
 */

import {
  DRAIN_MS,
  IDLE_SECONDS,
  type Listening,
  type ListenOptions,
  MAX_BODY_BYTES,
} from './listening.ts'

interface BunServer {
  port: number
  requestIP(request: Request): { address: string } | null
  stop(cut?: boolean): Promise<void>
}

interface Bun {
  serve(options: {
    fetch: (request: Request, server: BunServer) => Response | Promise<Response>
    hostname: string
    port: number
    idleTimeout: number
    maxRequestBodySize: number
  }): BunServer
}

declare const Bun: Bun

export async function listenOnBun({
  fetch,
  host,
  port,
  drainMs = DRAIN_MS,
}: ListenOptions): Promise<Listening> {
  const server = Bun.serve({
    fetch: (request, server) => fetch(request, { address: server.requestIP(request)?.address }),
    hostname: host,
    port,
    idleTimeout: IDLE_SECONDS,
    maxRequestBodySize: MAX_BODY_BYTES,
  })
  return {
    port: server.port,
    async stop() {
      const cut = setTimeout(() => void server.stop(true), drainMs)
      await server.stop()
      clearTimeout(cut)
    },
  }
}
