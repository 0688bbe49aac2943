/** A collector on the objects of this test run, with a project and a key of its own. */

import { env } from 'cloudflare:workers'
import { collector, type CollectorOptions } from '../../../worker/app.ts'
import type { Failure } from '../../../worker/api/report.ts'
import { durableDirectory } from '../../../worker/auth/directory-object.ts'
import { type Scope, SCOPES } from '../../../worker/auth/keys.ts'
import { makeKey } from '../../../worker/auth/new-key.ts'
import { durableStore } from '../../../worker/store/durable/durable.ts'
import { id } from '../../store/changes.ts'

export const store = durableStore(env.PROJECT)
export const directory = durableDirectory(env.DIRECTORY)

/** One that nobody else knows. */
export function newDirectory() {
  return durableDirectory(env.DIRECTORY, `directory-${crypto.randomUUID()}`)
}

export async function open(
  options: Partial<CollectorOptions> = {},
  scopes: readonly Scope[] = SCOPES,
  origins: readonly string[] = [],
) {
  const project = `test-${crypto.randomUUID()}`
  const known = options.directory ?? directory
  const { key, id: keyId } = await makeKey(known, project, { name: 'test', scopes, origins })
  const failures: Failure[] = []
  const removed: string[] = []
  let made = 0xf00
  const app = collector({
    store,
    directory: known,
    removeData: async (name) => removed.push(name) < 1,
    newId: () => id((made += 1)),
    report: (failure) => failures.push(failure),
    ...options,
  })
  const authorization = `Bearer ${key}`

  return {
    app,
    project,
    key,
    keyId,
    authorization,
    failures,
    /** The projects whose data was to be removed. */
    removed,
    async get(path: string, headers: HeadersInit = { authorization }) {
      return answer(await app.request(path, { headers }))
    },
    /** What is not a string is sent as JSON. */
    async ask(method: string, path: string, body?: string | object, headers: HeadersInit = {}) {
      const sent = new Headers({ authorization, 'content-type': 'application/json' })
      new Headers(headers).forEach((value, name) => sent.set(name, value))
      const text = typeof body === 'object' ? JSON.stringify(body) : body
      return answer(
        await app.request(path, {
          method,
          headers: sent,
          ...(text !== undefined && { body: text }),
        }),
      )
    },
    async send(body: BodyInit | object, headers: Record<string, string> = {}) {
      const request = {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', ...headers },
        body: isBody(body) ? body : JSON.stringify(body),
      }
      return answer(await app.request('/v1/traces/ingest', request))
    },
  }
}

export interface Answer {
  status: number
  headers: Headers
  body: unknown
}

/** Bodies that are JSON are read as such. */
export async function answer(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : text,
  }
}

function isBody(body: BodyInit | object): body is BodyInit {
  return typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream
}

export async function gzip(body: string | Uint8Array): Promise<Uint8Array> {
  const packed = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}
