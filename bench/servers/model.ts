/**
 * The stand-in for the model API, in a process of its own.
 *
 * What a request is answered with stands in its field `user` (headers of single requests do not come
 * through every wrapper):
 * `whole/BYTES` · `stream/CHUNKS/PAUSE_MS` · `flood/BYTES` (events, several to a write) ·
 * `line/BYTES` (one event) · `endless`. `GET /pushed` tells how much of the last endless reply the
 * client's side has taken.
 *
 * @module
 */

import { createServer, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { listenForParent } from './listen.ts'
import { completion, embedding, ENDING, event, OPENING, TOKENS } from './replies.ts'
import { text } from './words.ts'

const DIMENSIONS = 1_536
const EVENTS_PER_WRITE = 8

let calls = 0
let endless: Socket | undefined

const server = createServer((request, response) => {
  let asked = ''
  request.setEncoding('latin1').on('data', (text: string) => (asked += text))
  request.once('end', () => {
    calls += 1
    if (request.url === '/pushed') return response.end(String(pushed()))
    if (request.url?.endsWith('/embeddings')) return whole(response, embedding(calls, DIMENSIONS))
    const [, reply = 'whole'] = /"user":"([^"]+)"/.exec(asked) ?? []
    const [kind, size = '1000', pause = '0'] = reply.split('/')
    if (kind === 'whole') return whole(response, completion(calls, Number(size)))
    void stream(response, pieces(kind, Number(size)), Number(pause))
  })
})
listenForParent(server)

function whole(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-request-id': `req_${calls}`,
  })
  response.end(body)
}

function* pieces(kind: string | undefined, size: number): Generator<Buffer> {
  yield OPENING
  if (kind === 'stream') for (let at = 0; at < size; at += 1) yield token(at)
  if (kind === 'flood') yield* flood(size)
  if (kind === 'line') yield* line(size)
  if (kind === 'endless') for (let at = 0; ; at += 1) yield token(at)
  yield ENDING
}

function token(at: number): Buffer {
  return TOKENS[at % TOKENS.length] ?? OPENING
}

function* flood(bytes: number): Generator<Buffer> {
  const writes = Array.from({ length: 64 }, (_, at) =>
    Buffer.concat(
      Array.from({ length: EVENTS_PER_WRITE }, (_, of) => token(at * EVENTS_PER_WRITE + of)),
    ),
  )
  for (let sent = 0, at = 0; sent < bytes; at += 1) {
    const write = writes[at % writes.length] ?? OPENING
    sent += write.length
    yield write
  }
}

function* line(bytes: number): Generator<Buffer> {
  const mark = 'CONTENT'
  const [before = '', after = ''] = event({ content: mark }).split(mark)
  const piece = Buffer.from(text(3, 65_536))
  yield Buffer.from(before)
  for (let sent = 0; sent < bytes; sent += piece.length) yield piece
  yield Buffer.from(after)
}

async function stream(
  response: ServerResponse,
  all: Iterable<Buffer>,
  pauseMs: number,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': `req_${calls}` })
  if (response.socket) endless = response.socket
  let open = true
  let resume = (): void => {}
  response.on('drain', () => resume())
  response.once('close', () => {
    open = false
    resume()
  })
  for (const piece of all) {
    if (!open) return
    const drained = new Promise<void>((resolve) => (resume = resolve))
    if (!response.write(piece)) await drained
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  response.end()
}

function pushed(): number {
  return endless ? endless.bytesWritten - endless.writableLength : 0
}
