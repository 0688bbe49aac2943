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
import {
  brotliDecompressSync,
  gunzipSync,
  gzipSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib'
import { answerFor } from './protocols.ts'
import { listenForParent } from './listen.ts'

/** What a collector may do to a client. */
export type Mode = 'ok' | 'hang' | 'failing' | 'slow'

/** What it has been sent. */
export interface Counts {
  requests: number
  /** As they travelled. */
  bytes: number
  /** The same bodies as they were before they were packed, and as gzip packs them. */
  plainBytes: number
  gzipBytes: number
  /** Different calls among them. */
  calls: number
}

let mode: Mode = 'ok'
let requests = 0
let bytes = 0
let bodies: Buffer[] = []
let seen = new Set<string>()

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const received = Buffer.concat(chunks)
    if (request.url === '/control') return control(request, response, received)
    if (received.length > 0) {
      requests += 1
      bytes += received.length
    }
    if (mode === 'hang') return
    if (mode === 'failing') return response.writeHead(500).end('{"error":"out of order"}')
    const [status, reply] = answerFor(request.url ?? '/', request.headers.host ?? '')
    const body = unpacked(received, request.headers['content-encoding'])
    const text = body.toString('latin1')
    const [said, code] = request.url?.endsWith('/traces/ingest')
      ? [receiptFor(text), 202]
      : [reply, status]
    const answer = () => response.writeHead(code, { 'content-type': 'application/json' }).end(said)
    if (mode === 'slow') setTimeout(answer, SLOW_MS)
    else answer()
    note(text)
    if (held() < MAX_HELD) bodies.push(body)
  })
})
server.requestTimeout = 0
listenForParent(server)

const SLOW_MS = 2_000
/** What is more is not weighed. */
const MAX_HELD = 200_000_000

function held(): number {
  return bodies.reduce((sum, { length }) => sum + length, 0)
}

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
    bodies = []
    seen = new Set()
  }
  const gzipBytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
  const counts: Counts = { requests, bytes, plainBytes: held(), gzipBytes, calls: seen.size }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(counts))
}
