/** A collector on the objects of this test run, with a project and a key of its own. */

import { env } from 'cloudflare:workers'
import { collector, type CollectorOptions } from '../../../worker/app.ts'
import type { Failure } from '../../../worker/api/report.ts'
import { createKey, directoryKeys } from '../../../worker/auth/directory-object.ts'
import { type Scope, SCOPES } from '../../../worker/auth/keys.ts'
import { durableStore } from '../../../worker/store/durable/durable.ts'
import { id } from '../../store/changes.ts'

export const store = durableStore(env.PROJECT)

export async function open(
  options: Partial<CollectorOptions> = {},
  scopes: readonly Scope[] = SCOPES,
) {
  const project = `test-${crypto.randomUUID()}`
  const { key, id: keyId } = await createKey(env.DIRECTORY, project, 'test', scopes)
  const failures: Failure[] = []
  let made = 0xf00
  const app = collector({
    store,
    keys: directoryKeys(env.DIRECTORY, undefined),
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
    failures,
    async get(path: string, headers: HeadersInit = { authorization }) {
      return answer(await app.request(path, { headers }))
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
