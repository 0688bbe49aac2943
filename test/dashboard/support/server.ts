/**
 * The dashboard and its built assets on a port of this machine, for a browser to visit.
 *
 * @module
 */

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Hono } from 'hono'
import type { ProjectEnv } from '../../../worker/auth/access.ts'
import { dashboard } from '../../../worker/dashboard/dashboard.tsx'
import type { Live } from '../../../worker/store/live.ts'
import type { Store } from '../../../worker/store/store.ts'
import { NOW } from './spans.ts'

const ASSETS = new URL('../../../dist/public/assets/', import.meta.url)
const TYPES: Record<string, string> = { css: 'text/css', js: 'text/javascript' }

export const INGEST_URL = 'http://localhost:8787/v1/traces/ingest'

/** The dashboard as the collector mounts it, with the project already known. */
export function app(
  store: Store,
  project = 'demo',
  now = () => NOW,
  live?: Live,
): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()
  app.use(async (c, next) => {
    c.set('project', project)
    await next()
  })
  app.route('/', assets())
  if (live) app.get('/v1/live', (c) => live.open(project, c.req.raw))
  app.route('/', dashboard({ store, ...(live && { live }), ingestUrl: () => INGEST_URL, now }))
  return app
}

/** What the platform serves beside the app. */
export function assets(): Hono<ProjectEnv> {
  return new Hono<ProjectEnv>().get('/assets/:name', async (c) => {
    const name = c.req.param('name')
    const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain'
    return c.body(await readFile(new URL(name, ASSETS)), 200, { 'content-type': type })
  })
}

export interface Site extends AsyncDisposable {
  origin: string
}

export async function serve(app: Hono<ProjectEnv>): Promise<Site> {
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`)
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ])
    const method = incoming.method ?? 'GET'
    const body = method === 'POST' ? { body: await text(incoming) } : {}
    const reply = await app.request(url, { method, headers, ...body })
    outgoing.writeHead(reply.status, {
      ...Object.fromEntries(reply.headers),
      'set-cookie': reply.headers.getSetCookie(),
    })
    // As it comes: some replies have no end of their own.
    const reader = reply.body?.getReader()
    outgoing.on('close', () => void reader?.cancel())
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      outgoing.write(part.value)
    }
    outgoing.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${portOf(server.address())}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return address.port
}
