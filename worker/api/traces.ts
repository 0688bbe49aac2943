/**
 * The reading API: traces by filter, one trace, one step.
 *
 * @module
 */

import { Hono } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import type { Door } from '../auth/door.ts'
import { StoreError } from '../store/errors.ts'
import type { Store } from '../store/store.ts'
import { spanJson, summaryJson } from './json.ts'
import { onlyBy } from './methods.ts'
import { problem } from './problem.ts'
import { readQuery } from './query.ts'
import { Refused } from './refused.ts'
import { failure, type Report } from './report.ts'

export interface ReadingOptions {
  store: Store
  /** Who may read, and in which project. */
  door: Door
  report: Report
}

export function reading({ store, door, report }: ReadingOptions): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()
  const reader = door('read')

  app.get('/v1/traces', reader, async (context) => {
    const { traces, next } = await store.list(
      context.get('project'),
      readQuery(new URL(context.req.url).searchParams),
    )
    const page = { traces: traces.map(summaryJson) }
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
  for (const path of ['/v1/traces', '/v1/traces/:id', '/v1/spans/:id']) {
    app.all(path, onlyBy('GET', 'HEAD'))
  }
  app.onError((error, context) => {
    if (error instanceof Refused || error instanceof StoreError) {
      return problem(context, 400, error.message)
    }
    report(failure(context, 'read failed', error))
    return problem(context, 500, 'the question could not be answered now')
  })
  return app
}

/** The id of a trace is also that of its root, as a UUID. */
function traceIdOf(id: string): string {
  return id.replaceAll('-', '').toLowerCase()
}
