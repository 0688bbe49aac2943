/**
 * Traces by filter, one trace, one step.
 *
 * @module
 */

import { Hono, type MiddlewareHandler } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import type { Store } from '../store/store.ts'
import { spanJson, summaryJson } from './json.ts'
import { problem } from './problem.ts'
import { readListQuery } from './query.ts'

export function traces(store: Store, reader: MiddlewareHandler<ProjectEnv>): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  app.get('/v1/traces', reader, async (context) => {
    const { traces: found, next } = await store.list(
      context.get('project'),
      readListQuery(new URL(context.req.url).searchParams),
    )
    const page = { traces: found.map(summaryJson) }
    return context.json(next === undefined ? page : { ...page, next })
  })
  app.get('/v1/traces/:id', reader, async (context) => {
    const traceId = traceIdOf(context.req.param('id'))
    const spans = await store.trace(context.get('project'), traceId)
    return spans.length === 0
      ? problem(context, 404, 'there is no such trace')
      : context.json({ trace_id: traceId, spans: spans.map(spanJson) })
  })
  app.get('/v1/spans/:id', reader, async (context) => {
    const id = context.req.param('id').toLowerCase()
    const [span] = await store.spans(context.get('project'), [id])
    return span === undefined
      ? problem(context, 404, 'there is no such span')
      : context.json({ ...spanJson(span), input: span.input, output: span.output })
  })
  return app
}

/** The id of a trace is also that of its root, as a UUID. */
export function traceIdOf(id: string): string {
  return id.replaceAll('-', '').toLowerCase()
}
