/**
 * `GET /v1/series`, `/v1/sessions` and `/v1/facets`: sums over time and by session, and what there is to
 * filter by.
 *
 * @module
 */

import { Hono, type MiddlewareHandler } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import { percentile } from '../store/histogram.ts'
import {
  type Bucket,
  type Histogram,
  MAX_BUCKETS,
  SUM_FIELDS,
  type SumQuery,
  SUMS_OF,
  WORD_FIELDS,
} from '../store/query.ts'
import { type SessionSummary } from '../store/session-query.ts'
import type { Store } from '../store/store.ts'
import { sumAll } from '../store/sum-all.ts'
import { expectOneOf } from './expect.ts'
import { usd } from './json.ts'
import { expectKnown, QUERY_PARAMETERS, readPageQuery, readQuery } from './query.ts'
import { Refused } from './refused.ts'
import { writeTime } from './time.ts'

const DAY_US = 86_400_000_000
const SECOND_US = 1_000_000

/** Of a series that does not say. */
const POINTS = 60

export function series(
  store: Store,
  reader: MiddlewareHandler<ProjectEnv>,
  now: () => number = Date.now,
): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  app.get('/v1/series', reader, async (context) => {
    const query = readSeries(new URL(context.req.url).searchParams, now() * 1000)
    const { buckets, nextUs } = await sumAll(store, context.get('project'), query)
    return context.json({
      from: writeTime(query.fromUs),
      to: writeTime(nextUs ?? query.toUs),
      complete: nextUs === undefined,
      step_seconds: query.stepUs / SECOND_US,
      buckets: buckets.map(bucketJson),
    })
  })

  app.get('/v1/sessions', reader, async (context) => {
    const page = await store.sessions(
      context.get('project'),
      readPageQuery(new URL(context.req.url).searchParams),
    )
    const { sessions, next } = page
    const body = { sessions: sessions.map(sessionJson) }
    return context.json(next === undefined ? body : { ...body, next })
  })

  app.get('/v1/facets', reader, async (context) => {
    const { searchParams } = new URL(context.req.url)
    expectKnown(searchParams, [...QUERY_PARAMETERS, 'fields'])
    const fields = (searchParams.get('fields') ?? 'status,model,provider,name,tag').split(',')
    const known = fields.map((field) => {
      const word = expectOneOf(field, 'fields', WORD_FIELDS)
      if (word === null) throw new Refused('`fields` must name at least one field')
      return word
    })
    const query = { ...readQuery(searchParams), fields: [...new Set(known)] }
    return context.json({ facets: await store.facets(context.get('project'), query) })
  })
  return app
}

function readSeries(parameters: URLSearchParams, nowUs: number): SumQuery {
  expectKnown(parameters, [...QUERY_PARAMETERS, 'of', 'by', 'step'])
  const query = readQuery(parameters)
  const toUs = query.toUs ?? Math.ceil(nowUs)
  const fromUs = query.fromUs ?? toUs - DAY_US
  if (fromUs >= toUs) throw new Refused('`from` must be before `to`')
  const of = expectOneOf(parameters.get('of'), 'of', SUMS_OF) ?? 'calls'
  const by = expectOneOf(parameters.get('by'), 'by', SUM_FIELDS)
  if (of !== 'calls' && by !== null && by !== 'name' && by !== 'status') {
    throw new Refused(`${of} can be told apart \`by\` name and status; calls by all of them`)
  }
  const stepUs = readStep(parameters.get('step'), toUs - fromUs)
  return { ...query, of, fromUs, toUs, stepUs, ...(by !== null && { by }) }
}

/** Seconds. */
function readStep(text: string | null, lengthUs: number): number {
  const stepUs =
    text === null
      ? Math.max(1, Math.ceil(lengthUs / POINTS / SECOND_US)) * SECOND_US
      : Number(/^\d{1,9}$/.test(text) ? text : NaN) * SECOND_US
  if (!(stepUs >= SECOND_US)) throw new Refused('`step` must be a number of seconds, from 1 on')
  if (lengthUs / stepUs > MAX_BUCKETS) {
    throw new Refused(
      `\`step\` gives ${Math.ceil(lengthUs / stepUs)} buckets; there may be ${MAX_BUCKETS}`,
    )
  }
  return stepUs
}

function bucketJson(bucket: Bucket) {
  return {
    started_at: writeTime(bucket.startUs),
    group: bucket.group,
    count: bucket.count,
    errors: bucket.errors,
    input_tokens: bucket.inputTokens,
    output_tokens: bucket.outputTokens,
    cost_usd: bucket.priced === 0 ? null : usd(bucket.costNano),
    priced: bucket.priced,
    latency_ms: percentilesJson(bucket.latency),
    first_text_ms: percentilesJson(bucket.firstText),
  }
}

function sessionJson(session: SessionSummary) {
  return {
    session_id: session.sessionId,
    users: session.users,
    traces: session.traces,
    more: session.isMore,
    errors: session.errors,
    first_started_at: writeTime(session.firstUs),
    last_started_at: writeTime(session.lastUs),
    latency_ms: percentilesJson(session.latency),
    input_tokens: session.inputTokens,
    output_tokens: session.outputTokens,
    cost_usd: usd(session.costNano),
    unpriced_calls: session.costMissing,
    last_name: session.lastName,
    last_status: session.lastStatus,
    last_input_preview: session.lastInput,
  }
}

function percentilesJson(histogram: Histogram) {
  const ms = (share: number) => {
    const micros = percentile(histogram, share)
    return micros === null ? null : micros / 1000
  }
  return { p50: ms(0.5), p90: ms(0.9), p99: ms(0.99) }
}
