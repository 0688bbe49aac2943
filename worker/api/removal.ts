/**
 * Removing traces: one by its id, or all that meet a search.
 *
 * @module
 */

import { type Context, Hono, type MiddlewareHandler } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import { MAX_PAGE } from '../store/query.ts'
import type { Store } from '../store/store.ts'
import { problem } from './problem.ts'
import { expectKnown, QUERY_PARAMETERS, readQuery } from './query.ts'
import { Refused } from './refused.ts'
import { traceIdOf } from './traces.ts'

/** A call of the store removes a slice; a request goes on this often, and says what is left. */
const MAX_SLICES = 10

export function removal(store: Store, admin: MiddlewareHandler<ProjectEnv>): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  async function remove(context: Context<ProjectEnv>, traces: readonly string[]) {
    let spans = 0
    for (let slice = 0; slice < MAX_SLICES; slice += 1) {
      const removed = await store.remove(context.get('project'), { traces })
      spans += removed.spans
      if (!removed.more) return { spans, more: false }
    }
    return { spans, more: true }
  }

  app.delete('/v1/traces/:id', admin, async (context) => {
    const traceId = traceIdOf(context.req.param('id'))
    if ((await store.trace(context.get('project'), traceId)).length === 0) {
      return problem(context, 404, 'there is no such trace')
    }
    const { spans, more } = await remove(context, [traceId])
    return context.json({ traces: more ? 0 : 1, spans, more })
  })

  app.delete('/v1/traces', admin, async (context) => {
    const { searchParams } = new URL(context.req.url)
    expectKnown(searchParams, QUERY_PARAMETERS)
    const query = readQuery(searchParams)
    if (Object.keys(query).length === 0) {
      throw new Refused(
        'what is to be removed must be said, such as `q=user:u12` or `to=2026-01-01`',
      )
    }
    const page = await store.list(context.get('project'), { ...query, limit: MAX_PAGE })
    const ids = page.traces.map(({ traceId }) => traceId)
    const removed = ids.length === 0 ? { spans: 0, more: false } : await remove(context, ids)
    const more = removed.more || page.next !== undefined
    return context.json({ traces: removed.more ? 0 : ids.length, spans: removed.spans, more })
  })
  return app
}
