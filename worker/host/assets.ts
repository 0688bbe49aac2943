/**
 * The stylesheet and the scripts of the dashboard, from memory.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { Hono } from 'hono'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

/** Beside the program as it is packed, and from its source. */
const PLACES = ['../public/assets/', '../../dist/public/assets/']

export async function assets(): Promise<Hono> {
  const files = new Map<string, { bytes: Uint8Array<ArrayBuffer>; tag: string; type: string }>()
  for (const [name, bytes] of await read()) {
    const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
    files.set(name, { bytes, tag, type: TYPES[extname(name)] ?? 'application/octet-stream' })
  }
  const app = new Hono()
  app.get('/assets/:name', (context) => {
    const file = files.get(context.req.param('name'))
    if (file === undefined) return context.notFound()
    // The names stay the same from version to version.
    context.header('cache-control', 'public, no-cache')
    context.header('etag', file.tag)
    context.header('x-content-type-options', 'nosniff')
    if (context.req.header('if-none-match') === file.tag) return context.body(null, 304)
    return context.body(file.bytes, 200, { 'content-type': file.type })
  })
  return app
}

async function read(): Promise<[name: string, bytes: Uint8Array<ArrayBuffer>][]> {
  for (const place of PLACES) {
    const folder = new URL(place, import.meta.url)
    const names = await readdir(folder).catch(() => undefined)
    if (names === undefined) continue
    return Promise.all(
      names.map(async (name) => [name, Uint8Array.from(await readFile(new URL(name, folder)))]),
    )
  }
  throw new Error('The files of the dashboard are missing: run `npm run build`.')
}
