/**
 * Requests with any client that Stainless made: answered whole, refused, aborted, tried again.
 *
 * @module
 */

import { headOf, thrown } from '../../seen.ts'
import type { Use } from '../../use.ts'
import type { Stainless, StainlessClient } from './client.ts'

export function requestUses<Client extends StainlessClient>({
  client,
  create,
  path,
  body,
  calls: { answered, unanswered },
}: Stainless<Client>): Use[] {
  return [
    {
      name: 'create',
      calls: [answered],
      run: async (link) => create(client(link)),
    },
    {
      name: 'withResponse',
      calls: [answered],
      async run(link) {
        const { data, response, request_id } = await create(client(link)).withResponse()
        return { data, request_id, head: headOf(response) }
      },
    },
    {
      name: 'asResponse',
      calls: [answered],
      async run(link) {
        const response = await create(client(link)).asResponse()
        const before = headOf(response)
        const copy = response.clone()
        const text = await response.text()
        return { before, after: headOf(response), text, copy: await copy.json() }
      },
    },
    {
      name: 'client.post',
      calls: [answered],
      run: async (link) => client(link).post(path, { body }),
    },
    {
      name: 'abort, before it is sent',
      calls: [],
      run: async (link) => thrown(create(client(link), { signal: AbortSignal.abort() })),
    },
    {
      name: 'abort, while it waits for an answer',
      calls: [unanswered],
      async run(link) {
        const controller = new AbortController()
        const { signal } = controller
        const reply = thrown(create(client(link, 'hang-9'), { signal }))
        await link.arrived()
        controller.abort()
        return reply
      },
    },
    {
      name: 'timeout',
      calls: [unanswered],
      run: async (link) => thrown(create(client(link, 'hang-9'), { timeout: 50 })),
    },
    {
      name: 'two retries, then success',
      calls: [answered],
      run: async (link) => create(client(link, 'refuse-2', { maxRetries: 2 })),
    },
    {
      name: 'a wrong key (401)',
      calls: [unanswered],
      run: async (link) => thrown(create(client(link, 'well', { apiKey: 'sk-wrong' }))),
    },
    {
      name: 'a model that does not exist (404)',
      calls: [unanswered],
      run: async (link) => thrown(create(client(link), {}, 'none')),
    },
    {
      name: 'too many requests (429)',
      calls: [unanswered],
      run: async (link) => thrown(create(client(link, 'refuse-9'))),
    },
  ]
}
