/**
 * A receiver of OTLP on this machine, which answers as it is told and keeps what it was sent.
 *
 * @module
 */

import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { listen, type Listening } from '../../../examples/model-apis/listen.ts'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface Receiver extends Listening {
  readonly received: Received[]
}

/** @param answers In turn, the last one ever after. */
export async function receiver(
  ...answers: ((response: ServerResponse) => void)[]
): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      received.push({
        path: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(chunks),
      })
      const answer = answers[Math.min(received.length, answers.length) - 1]
      if (answer) answer(outgoing)
      else outgoing.end()
    })
  })
  return { ...(await listen(server)), received }
}

/** An answer with this status, body and these headers. */
export function says(
  status: number,
  body: object | string | Uint8Array,
  headers: Record<string, string> = {},
) {
  const isText = typeof body === 'string'
  const bytes = body instanceof Uint8Array || isText ? body : JSON.stringify(body)
  const type = { 'content-type': isText ? 'text/plain' : 'application/json' }
  return (response: ServerResponse): void => {
    response.writeHead(status, { ...type, ...headers })
    response.end(bytes)
  }
}
