/**
 * `GET /v1/export.jsonl`: all steps of the traces that meet a question, one record a line, streamed.
 *
 * A line is what ingest takes, so that what one collector exports another imports, ids and all.
 *
 * @module
 */

import { Hono, type MiddlewareHandler } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import type { TraceQuery } from '../store/query.ts'
import type { SpanDetail, Store } from '../store/store.ts'
import { recordJson } from './record-json.ts'
import { expectKnown, QUERY_PARAMETERS, readQuery } from './query.ts'

const PATH = '/v1/export.jsonl'

/** Bodies in memory at once are those of so many steps. */
const STEPS_AT_ONCE = 20

export function exporting(store: Store, reader: MiddlewareHandler<ProjectEnv>): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()
  app.get(PATH, reader, (context) => {
    const { searchParams } = new URL(context.req.url)
    expectKnown(searchParams, QUERY_PARAMETERS)
    const details = detailsOf(store, context.get('project'), readQuery(searchParams))
    context.header('content-type', 'application/jsonl; charset=utf-8')
    context.header('content-disposition', 'attachment; filename="traces.jsonl"')
    return context.body(lines(details))
  })
  return app
}

/** Every step of every trace, oldest trace first, so that a parent's trace is there before what follows. */
export async function* detailsOf(
  store: Store,
  project: string,
  query: TraceQuery,
): AsyncGenerator<SpanDetail> {
  let before: string | undefined
  do {
    const page = await store.list(project, {
      ...query,
      ascending: true,
      ...(before !== undefined && { before }),
    })
    for (const { traceId } of page.traces) {
      const ids = (await store.trace(project, traceId)).map(({ id }) => id)
      for (let start = 0; start < ids.length; start += STEPS_AT_ONCE) {
        yield* await store.spans(project, ids.slice(start, start + STEPS_AT_ONCE))
      }
    }
    before = page.next
  } while (before !== undefined)
}

/** A step at a time, as fast as they are read. A failure cuts the stream: a short file is not taken for whole. */
function lines(details: AsyncGenerator<SpanDetail>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await details.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${JSON.stringify(recordJson(value))}\n`))
    },
    async cancel() {
      await details.return(undefined)
    },
  })
}
