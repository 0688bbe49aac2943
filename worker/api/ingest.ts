/**
 * `POST /v1/traces/ingest`, as documented for the Carrot API.
 *
 * 202 leaves when the records are durable. A record that is refused is named by index and reason and
 * the others are kept; if none is left, the answer is the documented 400 with the first reason.
 *
 * @see https://platform.carrotlabs.ai/docs/api-reference/trace-ingest
 * @module
 */

import { type Context, Hono } from 'hono'
import { type IngestReply, MAX_BATCH } from '../../src/lib/ingest.ts'
import { fields, isObject, type Json, parse, string } from '../../src/lib/json.ts'
import type { ProjectEnv } from '../auth/access.ts'
import { bearer } from '../auth/bearer.ts'
import type { Keys } from '../auth/keys.ts'
import type { SpanChange, Store } from '../store/store.ts'
import { readBody } from './body.ts'
import { readRecord } from './record.ts'
import { count, kindOf, Refused } from './refused.ts'
import type { Report } from './report.ts'

export const MAX_BODY_BYTES = 10 * 1024 * 1024

const PATH = '/v1/traces/ingest'

/** A sent id is repeated in `errors` only if it could be one. */
const MAX_ECHO_CHARS = 64

const RETRY_AFTER_SECONDS = 5

export interface IngestOptions {
  store: Store
  keys: Keys
  newId: () => string
  report: Report
}

export function ingest({ store, keys, newId, report }: IngestOptions): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  app.post(PATH, bearer(keys, 'ingest', refuse), async (context) => {
    const records = readBatch(await readBody(context.req.raw, MAX_BODY_BYTES))
    const { changes, reply } = readRecords(records, newId)
    const [first] = reply.errors
    if (changes.length === 0 && first) return context.json({ error: first.error }, 400)
    await store.write(context.get('project'), changes)
    return context.json(reply, 202)
  })
  app.all(PATH, (context) => {
    context.header('allow', 'POST')
    return context.json({ error: 'send traces by POST' }, 405)
  })
  app.onError((error, context) => {
    if (error instanceof Refused) return context.json({ error: error.message }, error.status)
    report({ event: 'ingest failed', cause: error.name })
    context.header('retry-after', String(RETRY_AFTER_SECONDS))
    return context.json({ error: 'the traces could not be stored now; send them again later' }, 503)
  })
  return app
}

function refuse(context: Context, status: 401 | 403, reason: string): Response {
  return context.json({ error: reason }, status)
}

function readBatch(text: string): readonly Json[] {
  const body = parse(text)
  if (body === undefined) throw new Refused('the body is not valid JSON')
  if (!isObject(body)) {
    throw new Refused(`the body must be an object with \`traces\`, found ${kindOf(body)}`)
  }
  const { traces } = body
  if (!Array.isArray(traces)) {
    throw new Refused(`\`traces\` must be an array, found ${kindOf(traces)}`)
  }
  if (traces.length === 0) throw new Refused('traces must not be empty')
  if (traces.length > MAX_BATCH) {
    throw new Refused(
      `at most ${MAX_BATCH} traces fit one request, found ${count(traces.length)}: send them in several`,
    )
  }
  return traces
}

function readRecords(
  records: readonly Json[],
  newId: () => string,
): { changes: SpanChange[]; reply: IngestReply } {
  const changes: SpanChange[] = []
  const reply: IngestReply = { traces: [], errors: [] }
  for (const [index, record] of records.entries()) {
    try {
      const change = readRecord(record, newId)
      changes.push(change)
      reply.traces.push({ id: change.id })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const id = string(fields(record).id)
      const echo = id !== undefined && id.length <= MAX_ECHO_CHARS ? { id } : {}
      reply.errors.push({ index, ...echo, error: error.message })
    }
  }
  return { changes, reply }
}
