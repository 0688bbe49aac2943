/**
 * The stand-in on a port of this machine, for clients that need an address.
 *
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { modelApis, type Pace } from './handler.ts'

export interface ModelServer {
  /** Such as `http://127.0.0.1:41234`; the paths are those of the APIs, from `/v1` on. */
  readonly url: string
  close(): Promise<void>
}

export async function serveModelApis(pace: Pace): Promise<ModelServer> {
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing, pace)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The stand-in has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Answers one request of Node's server; a failure ends its connection. */
export async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  pace: Pace,
): Promise<void> {
  try {
    await respond(incoming, outgoing, pace)
  } catch {
    outgoing.destroy()
  }
}

async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  pace: Pace,
): Promise<void> {
  const method = incoming.method ?? 'GET'
  const body: Buffer[] = []
  for await (const chunk of incoming) body.push(Buffer.from(chunk))
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value))
  const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method,
    headers,
    ...(body.length > 0 && { body: Buffer.concat(body) }),
  })
  const response = await modelApis(request, pace)
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (!response.body) {
    outgoing.end()
    return
  }
  const stream = Readable.from(response.body)
  outgoing.on('close', () => stream.destroy()) // the client has gone: stop talking
  stream.pipe(outgoing)
}
