/**
 * All that a program under test talks to, at one address, as a page may talk only to its own.
 *
 * - `POST /v1/…`: the model APIs' stand-in; `/moved/v1/…` redirects there, `/flaky/v1/…` answers every
 *   other time that it is to be tried again.
 * - `POST /collector/<name>/v1/traces/ingest`: a collector for each name.
 * - `GET /turn`: nothing, one turn of I/O later. `GET /<file>`: a page, where there is one.
 *
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { AT_ONCE } from '../../examples/model-apis/handler.ts'
import { listen } from '../../examples/model-apis/listen.ts'
import { answer } from '../../examples/model-apis/serve.ts'
import { collecting, type Collected, type Collecting } from './collector-stub.ts'

export interface World {
  readonly url: string
  /** What the collector of this name was sent. */
  collector(name: string): Collected
  /** Of the headers that no server is to see, the values that one has. */
  readonly leaked: string[]
  /** Requests to the model APIs so far. */
  calls(): number
  /** Settles when a client has left a reply of the model APIs before its end, as often as this. */
  left(times: number): Promise<void>
  /** Serves a file, by the extension of its path. */
  put(path: string, contents: string | Uint8Array): void
  close(): Promise<void>
}

const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript' }

export async function createWorld(): Promise<World> {
  const collectors = new Map<string, Collecting>()
  const files = new Map<string, string | Uint8Array>()
  const leaked: string[] = []
  const waiting = new Set<() => void>()
  let calls = 0
  let left = 0

  const server = createServer((incoming, outgoing) => {
    const { url = '/', headers } = incoming
    const carried = headers['x-carrot-parent']
    if (carried !== undefined) leaked.push(String(carried))
    const [, first = '', second = ''] = url.split('/')
    if (first === 'collector') return collectorOf(second).take(incoming, outgoing)
    if (first === 'v1') return model(incoming, outgoing)
    if (first === 'moved') return redirect(incoming, outgoing, url.slice('/moved'.length))
    if (first === 'flaky') return flaky(incoming, outgoing, url.slice('/flaky'.length))
    serve(url, outgoing)
  })
  const { url, close } = await listen(server)
  return {
    url,
    close,
    leaked,
    collector: collectorOf,
    calls: () => calls,
    left: (times) =>
      new Promise((resolve) => {
        const check = () => {
          if (left < times) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    put: (path, contents) => void files.set(path, contents),
  }

  function collectorOf(name: string): Collecting {
    const known = collectors.get(name) ?? collecting()
    collectors.set(name, known)
    return known
  }

  function model(incoming: IncomingMessage, outgoing: ServerResponse): void {
    calls += 1
    outgoing.on('close', () => {
      if (outgoing.writableEnded) return
      left += 1
      for (const check of waiting) check()
    })
    void answer(incoming, outgoing, AT_ONCE)
  }

  function redirect(incoming: IncomingMessage, outgoing: ServerResponse, location: string): void {
    incoming.resume()
    outgoing.writeHead(307, { location }).end()
  }

  function flaky(incoming: IncomingMessage, outgoing: ServerResponse, path: string): void {
    if (incoming.headers['x-stainless-retry-count'] !== '0') {
      incoming.url = path
      return model(incoming, outgoing)
    }
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
