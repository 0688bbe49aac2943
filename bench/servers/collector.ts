/**
 * A collector for everybody, in a process of its own: it takes whatever it is sent and counts.
 *
 * Calls carry a mark in their prompt (`call-000001`); which of them arrived is read from the
 * bodies, whatever protocol they are written in.
 *
 * `POST /control` with `{ mode }` starts the counting anew; `GET /control` tells.
 *
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { answerFor } from './protocols.ts'
import { listenForParent } from './listen.ts'

/** What a collector may do to a client. */
export type Mode = 'ok' | 'hang' | 'failing'

/** What it has been sent. */
export interface Counts {
  requests: number
  /** As they travelled. */
  bytes: number
  /** Different calls among them. */
  calls: number
}

let mode: Mode = 'ok'
let requests = 0
let bytes = 0
let seen = new Set<string>()

const server = createServer((request, response) => {
  const body: Buffer[] = []
  request.on('data', (chunk: Buffer) => body.push(chunk))
  request.on('end', () => {
    const received = Buffer.concat(body)
    if (request.url === '/control') return control(request, response, received)
    if (received.length > 0) {
      requests += 1
      bytes += received.length
    }
    if (mode === 'hang') return
    if (mode === 'failing') return response.writeHead(500).end('{"error":"out of order"}')
    const [status, reply] = answerFor(request.url ?? '/', request.headers.host ?? '')
    const text = unpacked(received, request.headers['content-encoding']).toString('latin1')
    const said = request.url?.endsWith('/traces/ingest') ? receiptFor(text) : reply
    response.writeHead(status, { 'content-type': 'application/json' }).end(said)
    note(text)
  })
})
server.requestTimeout = 0
listenForParent(server)

/** Who is not named in it counts as not taken. */
function receiptFor(text: string): string {
  const traces = [...text.matchAll(/\{"id":"([\da-f-]{36})"/g)].map(([, id]) => ({ id }))
  return JSON.stringify({ traces, errors: [] })
}

function note(text: string): void {
  for (const [mark] of text.matchAll(/call-\d{6}/g)) seen.add(mark)
}

function unpacked(body: Buffer, encoding: string | string[] | undefined): Buffer {
  try {
    if (encoding === 'gzip' || body.subarray(0, 2).equals(GZIP)) return gunzipSync(body)
    if (encoding === 'deflate') return inflateSync(body)
    if (encoding === 'br') return brotliDecompressSync(body)
    if (encoding === 'zstd') return zstdDecompressSync(body)
  } catch {
    // Not what it says: read as it is.
  }
  return body
}

const GZIP = Buffer.from([0x1f, 0x8b])

function control(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  if (request.method === 'POST') {
    ;({ mode } = JSON.parse(body.toString()) as { mode: Mode })
    requests = 0
    bytes = 0
    seen = new Set()
  }
  const counts: Counts = { requests, bytes, calls: seen.size }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(counts))
}
