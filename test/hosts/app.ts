/** A collector on files, with a key to a project: what a sender and a reader see of a store. */

import { collector } from '../../worker/app.ts'
import type { Failure } from '../../worker/api/report.ts'
import { directory } from '../../worker/auth/directory.ts'
import { makeKey } from '../../worker/auth/new-key.ts'
import { nodeDriver } from '../../worker/node/node-driver.ts'
import type { Store } from '../../worker/store/store.ts'

export interface Answer {
  status: number
  retryAfter: string | null
  body: unknown
}

export async function appOn(store: Store) {
  const known = directory(nodeDriver())
  const failures: Failure[] = []
  const app = collector({ store, directory: known, report: (failure) => failures.push(failure) })

  async function keyTo(project: string) {
    const scopes = ['ingest', 'read', 'admin'] as const
    const { key } = await makeKey(known, project, { name: 'test', scopes, origins: [] })
    const headers = { authorization: `Bearer ${key}` }
    return {
      send: async (...traces: object[]): Promise<Answer> => {
        const body = JSON.stringify({ traces })
        return answer(await app.request('/v1/traces/ingest', { method: 'POST', headers, body }))
      },
      get: async (path: string): Promise<Answer> => answer(await app.request(path, { headers })),
    }
  }
  return { keyTo, failures }
}

async function answer(response: Response): Promise<Answer> {
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: await response.json(),
  }
}
