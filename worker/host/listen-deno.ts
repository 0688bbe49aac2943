/**
 * @see https://docs.deno.com/api/deno/~/Deno.serve
 * @module
 */

import { DRAIN_MS, type Listening, type ListenOptions } from './listening.ts'

interface DenoServer {
  addr: { port: number }
  shutdown(): Promise<void>
}

interface Deno {
  serve(
    options: { hostname: string; port: number; onListen: () => void },
    handler: (
      request: Request,
      info: { remoteAddr: { hostname: string } },
    ) => Response | Promise<Response>,
  ): DenoServer
}

declare const Deno: Deno

export async function listenOnDeno({
  fetch,
  host,
  port,
  drainMs = DRAIN_MS,
}: ListenOptions): Promise<Listening> {
  const options = { hostname: host, port, onListen: () => {} }
  const server = Deno.serve(options, (request, { remoteAddr }) =>
    fetch(request, { address: remoteAddr.hostname }),
  )
  return {
    port: server.addr.port,
    async stop() {
      // What is left is cut when the process ends: there is no other way.
      let timer: ReturnType<typeof setTimeout> | undefined
      const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, drainMs)))
      await Promise.race([server.shutdown(), patience])
      clearTimeout(timer)
    },
  }
}
