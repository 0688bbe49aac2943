/**
 * The stand-in on a port of this machine, for clients that need an address.
 *
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { modelApis, type Pace } from './handler.ts'
import { listen, type Listening } from './listen.ts'

/** The paths are those of the APIs, from `/v1` on. */
export type ModelServer = Listening

export function serveModelApis(pace: Pace): Promise<ModelServer> {
  return listen(createServer((incoming, outgoing) => void answer(incoming, outgoing, pace)))
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
