/**
 * `POST /v1/traces/ingest`, as documented for the Carrot API.
 *
 * 202 leaves when the records are durable. A record that is refused is named by index and reason and
 * the others are kept; if none is left, the answer is the documented 400 with the first reason.
 *
 * @see https://platform.carrotlabs.ai/docs/api-reference/trace-ingest
 * @module
 */

import { Hono } from 'hono'
import { type IngestReply, MAX_BATCH } from '../../src/lib/ingest.ts'
import { fields, isObject, type Json, string } from '../../src/lib/json.ts'
import type { ProjectEnv, Refusal } from '../auth/access.ts'
import type { IngestDoor } from '../auth/ingest-door.ts'
import type { SpanChange, Store } from '../store/store.ts'
import { readBody, readJson } from './body.ts'
import { readRecord } from './record.ts'
import { count, kindOf, Refused } from './refused.ts'
import { failure, type Report } from './report.ts'
import { storeAnswer } from './store-answer.ts'

export const MAX_BODY_BYTES = 10 * 1024 * 1024

const PATH = '/v1/traces/ingest'

/** A sent id is repeated in `errors` only if it could be one. */
const MAX_ECHO_CHARS = 64

const NOT_STORED = 'the traces could not be stored now; send them again later'

export interface IngestOptions {
  store: Store
  /** Who may send. */
  door: IngestDoor
  /** In which a body has to be here. */
  bodySeconds: number
  newId: () => string
  report: Report
}

export function ingest({
  store,
  door,
  bodySeconds,
  newId,
  report,
}: IngestOptions): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  app.post(PATH, door(refuse), async (context) => {
    const text = await readBody(context.req.raw, MAX_BODY_BYTES, bodySeconds)
    const { changes, reply } = readRecords(readBatch(text), newId)
    const [first] = reply.errors
    const ingested = { accepted: 0, rejected: reply.errors.length, bytes: text.length }
    context.set('ingested', ingested)
    if (changes.length === 0 && first) return context.json({ error: first.error }, 400)
    await store.write(context.get('project'), changes)
    context.set('ingested', { ...ingested, accepted: changes.length })
    return context.json(reply, 202)
  })
  app.all(PATH, (context) => {
    context.header('allow', 'POST')
    return context.json({ error: 'send traces by POST' }, 405)
  })
  app.onError((error, context) => {
    if (error instanceof Refused) return context.json({ error: error.message }, error.status)
    report(failure(context, 'ingest failed', error))
    const { status, reason } = storeAnswer(context, error, NOT_STORED)
    return context.json({ error: reason }, status)
  })
  return app
}

const refuse: Refusal = (context, status, reason) => context.json({ error: reason }, status)

function readBatch(text: string): readonly Json[] {
  const body = readJson(text)
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
