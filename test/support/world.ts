/**
 * All that a program under test talks to, at one address, as a page may talk only to its own.
 *
 * - `POST /v1/…`: the model APIs' stand-in; `/slow/v1/…` takes its time, `/moved/v1/…` redirects there,
 *   `/flaky/v1/…` answers first that it is to be tried again.
 * - `POST /collector/<name>/v1/traces/ingest`: a collector for each name.
 * - `GET /turn`: nothing, one turn of I/O later. `GET /<file>`: a page, where there is one.
 *
 * @module
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { AT_ONCE } from '../../examples/model-apis/handler.ts'
import { listen } from '../../examples/model-apis/listen.ts'
import { answer } from '../../examples/model-apis/serve.ts'
import { collecting, type Collected, type Collecting } from './collector-stub.ts'

export interface World {
  readonly url: string
  /** What the collector of this name was sent. It may answer nobody before so many have asked. */
  collector(name: string, options?: { answersAfter: number }): Collected
  /** Of the headers that no server is to see, the values that one has. */
  readonly leaked: string[]
  /** Requests to the model APIs so far. */
  calls(): number
  /** Settles when nobody is connected any more, so that whatever was sent has come. */
  quiet(): Promise<void>
  /** Serves a file, by the extension of its path. */
  put(path: string, contents: string | Uint8Array): void
  close(): Promise<void>
}

/** A stream of a hundred words goes on for a second. */
const SLOW = { first: 0, next: 10 }
const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript' }

export async function createWorld(): Promise<World> {
  const collectors = new Map<string, Collecting>()
  const files = new Map<string, string | Uint8Array>()
  const leaked: string[] = []
  let calls = 0

  const server = createServer((incoming, outgoing) => {
    const { url = '/', headers } = incoming
    const carried = headers['x-carrot-parent']
    if (carried !== undefined) leaked.push(String(carried))
    const [, first = '', second = ''] = url.split('/')
    if (first === 'collector') return collectorOf(second).take(incoming, outgoing)
    if (first === 'v1') return model(incoming, outgoing)
    if (first === 'slow') return model(incoming, outgoing, url.slice('/slow'.length), SLOW)
    if (first === 'moved') return redirect(incoming, outgoing, url.slice('/moved'.length))
    if (first === 'flaky') return flaky(incoming, outgoing, url.slice('/flaky'.length))
    serve(url.replace(/\?.*/, ''), outgoing)
  })
  const { url, close } = await listen(server)
  return {
    url,
    close,
    leaked,
    collector: collectorOf,
    calls: () => calls,
    quiet: () => quiet(server),
    put: (path, contents) => void files.set(path, contents),
  }

  function collectorOf(name: string, options?: { answersAfter: number }): Collecting {
    const known = collectors.get(name) ?? collecting(options)
    collectors.set(name, known)
    return known
  }

  function model(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    path = incoming.url,
    pace = AT_ONCE,
  ): void {
    calls += 1
    if (path) incoming.url = path
    void answer(incoming, outgoing, pace)
  }

  function redirect(incoming: IncomingMessage, outgoing: ServerResponse, location: string): void {
    incoming.resume()
    outgoing.writeHead(307, { location }).end()
  }

  function flaky(incoming: IncomingMessage, outgoing: ServerResponse, path: string): void {
    if (incoming.headers['x-stainless-retry-count'] !== '0') return model(incoming, outgoing, path)
    incoming.resume()
    const headers = { 'content-type': 'application/json', 'retry-after-ms': '1' }
    outgoing.writeHead(429, headers).end('{"error":{"message":"later","type":"rate_limit"}}')
  }

  function serve(path: string, outgoing: ServerResponse): void {
    const contents = files.get(path)
    const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'text/plain'
    outgoing.writeHead(contents === undefined ? 204 : 200, { 'content-type': type }).end(contents)
  }
}

async function quiet(server: Server): Promise<void> {
  const connections = promisify(server.getConnections.bind(server))
  while ((await connections()) > 0) await new Promise((resolve) => setImmediate(resolve))
}
