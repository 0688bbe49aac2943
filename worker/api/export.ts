/**
 * `GET /v1/export.jsonl`: all steps of the traces that meet a question, streamed.
 *
 * A line is a record as ingest takes it, so that what one collector exports another imports, ids and
 * all; unless another format is asked for.
 *
 * @module
 */

import { Hono, type MiddlewareHandler } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import type { TraceQuery } from '../store/query.ts'
import type { SpanDetail, Store } from '../store/store.ts'
import { EXPORTS, linesOf } from '../export/formats.ts'
import { expectOneOf } from './expect.ts'
import { recordJson } from './record-json.ts'
import { expectKnown, QUERY_PARAMETERS, readQuery } from './query.ts'

const FORMATS = ['records', ...EXPORTS] as const

const FILES: Record<(typeof FORMATS)[number], string> = {
  records: 'traces.jsonl',
  chat: 'examples.jsonl',
  skipped: 'no-examples.jsonl',
  otlp: 'traces.otlp.jsonl',
}

const PATH = '/v1/export.jsonl'

/** Bodies in memory at once are those of so many steps. */
const STEPS_AT_ONCE = 20

export function exporting(store: Store, reader: MiddlewareHandler<ProjectEnv>): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()
  app.get(PATH, reader, (context) => {
    const { searchParams } = new URL(context.req.url)
    expectKnown(searchParams, [...QUERY_PARAMETERS, 'format'])
    const format = expectOneOf(searchParams.get('format'), 'format', FORMATS) ?? 'records'
    const steps = stepsOf(store, context.get('project'), readQuery(searchParams))
    context.header('content-type', 'application/jsonl; charset=utf-8')
    context.header('content-disposition', `attachment; filename="${FILES[format]}"`)
    return context.body(lines(steps, format === 'records' ? records : linesOf[format]))
  })
  return app
}

/** Every step of every trace, oldest trace first, so that a parent's trace is there before what follows. */
async function* stepsOf(
  store: Store,
  project: string,
  query: TraceQuery,
): AsyncGenerator<SpanDetail[]> {
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
        yield await store.spans(project, ids.slice(start, start + STEPS_AT_ONCE))
      }
    }
    before = page.next
  } while (before !== undefined)
}

function records(steps: readonly SpanDetail[]): string[] {
  return steps.map((step) => JSON.stringify(recordJson(step)))
}

/** Some steps at a time, as fast as they are read. A failure cuts the stream: a short file is not taken for whole. */
function lines(
  steps: AsyncGenerator<SpanDetail[]>,
  write: (steps: readonly SpanDetail[]) => string[],
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      // A pull that gives nothing would not be followed by another.
      for (let written = false; !written;) {
        const { done, value } = await steps.next()
        if (done) return controller.close()
        const text = write(value).map((line) => `${line}\n`)
        written = text.length > 0
        if (written) controller.enqueue(encoder.encode(text.join('')))
      }
    },
    async cancel() {
      await steps.return(undefined)
    },
  })
}
