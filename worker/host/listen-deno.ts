/**
 * @see https://docs.deno.com/api/deno/~/Deno.serve
 * @module
 */

import { DRAIN_MS, type Listening, type ListenOptions } from './listening.ts'

interface DenoServer {
  addr: { port: number }
  shutdown(): Promise<void>
  finished: Promise<void>
}

interface Deno {
  serve(
    options: { hostname: string; port: number; signal: AbortSignal; onListen: () => void },
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
  const cutting = new AbortController()
  const options = { hostname: host, port, signal: cutting.signal, onListen: () => {} }
  const server = Deno.serve(options, (request, { remoteAddr }) =>
    fetch(request, { address: remoteAddr.hostname }),
  )
  return {
    port: server.addr.port,
    async stop() {
      const cut = setTimeout(() => cutting.abort(), drainMs)
      await Promise.race([server.shutdown(), server.finished])
      clearTimeout(cut)
    },
  }
}
