/**
 * Sessions, a page at a time, by their newest trace.
 *
 * @module
 */

import type { SpanStatus } from '../../../src/lib/record.ts'
import { MAX_PAGE, PAGE } from '../query.ts'
import {
  MAX_SESSION_USERS,
  SESSION_TRACES,
  type SessionPage,
  type SessionQuery,
  type SessionSummary,
} from '../session-query.ts'
import { readSessionPlace, type SessionPlace, writeSessionPlace } from '../session-place.ts'
import { decode } from '../text.ts'
import { begunWords } from './begun.ts'
import { type Connection, listOf } from './client.ts'
import { type ClassCounts, durations, toHistogram } from './durations.ts'
import { namesOf } from './marks-of.ts'
import { exactly } from './near.ts'

export async function sessions(
  connection: Connection,
  project: string,
  query: SessionQuery,
): Promise<SessionPage> {
  const limit = Math.min(Math.max(Math.trunc(query.limit ?? PAGE), 1), MAX_PAGE)
  const found = await find(connection, project, query, limit + 1)
  const shown = found.slice(0, limit)
  const last = found.length > limit ? shown.at(-1) : undefined
  const told = await summaries(
    connection,
    project,
    shown.map(({ value }) => value),
  )
  return { sessions: told, ...(last && { next: writeSessionPlace(last) }) }
}

async function find(
  connection: Connection,
  project: string,
  query: SessionQuery,
  limit: number,
): Promise<SessionPlace[]> {
  const place = query.before === undefined ? undefined : readSessionPlace(query.before)
  const { before: _before, limit: _limit, ...question } = query
  const begun = await begunWords(connection, query.terms)
  const { text, values } = exactly(question, { place: undefined, begun })
  return connection.ask<SessionPlace>(
    `SELECT value, max(start_us) AS at
      FROM (SELECT start_us, marks FROM trace FINAL
        WHERE project = {project:String} AND spans > 0 AND ${text})
      ARRAY JOIN ${namesOf('session')} AS value
      GROUP BY value
      ${place ? 'HAVING (at, value) < ({place:Int64}, {name:String})' : ''}
      ORDER BY at DESC, value DESC LIMIT {wanted:UInt32}`,
    {
      project,
      wanted: limit,
      ...values,
      ...(place && { place: place.at, name: place.value }),
    },
  )
}

interface Row {
  session: string
  traces: number
  of_all: number
  errors: number
  first_us: number
  last_us: number
  latency: ClassCounts
  input_tokens: number | null
  output_tokens: number | null
  cost_nano: number | null
  cost_missing: number
  users: string[]
  last_name: string
  last_status: SpanStatus
  last_input: string
}

/** In the order asked for. */
async function summaries(
  connection: Connection,
  project: string,
  values: readonly string[],
): Promise<SessionSummary[]> {
  if (values.length === 0) return []
  const rows = await connection.ask<Row>(
    `SELECT session, count() AS traces, any(of_all) AS of_all, countIf(status = 'error') AS errors,
        min(start_us) AS first_us, max(start_us) AS last_us, ${durations('duration_us')} AS latency,
        sum(told.input_tokens) AS input_tokens, sum(told.output_tokens) AS output_tokens,
        sum(told.cost_nano) AS cost_nano, sum(told.cost_missing) AS cost_missing,
        arraySlice(arraySort(groupUniqArrayArray(told.of)), 1, ${MAX_SESSION_USERS}) AS users,
        argMax(name, (start_us, trace_id)) AS last_name,
        argMax(status, (start_us, trace_id)) AS last_status,
        argMax(input_preview, (start_us, trace_id)) AS last_input
      FROM (
        SELECT *, session, count() OVER (PARTITION BY session) AS of_all FROM (
          SELECT trace.*, ${namesOf('session')} AS sessions, ${namesOf('user')} AS of FROM trace FINAL
          WHERE project = {project:String} AND spans > 0 AND hasAny(marks, ${listOf('marks')}))
        ARRAY JOIN sessions AS session
        WHERE has(${listOf('wanted')}, session)
        ORDER BY start_us DESC, trace_id DESC LIMIT ${SESSION_TRACES} BY session) AS told
      GROUP BY session`,
    { project, wanted: values, marks: values.map((value) => `session\n${value}`) },
  )
  const bySession = new Map(rows.map((row) => [row.session, row]))
  return values.flatMap((value) => {
    const row = bySession.get(value)
    return row ? [toSession(row)] : []
  })
}

function toSession(row: Row): SessionSummary {
  return {
    sessionId: decode(row.session),
    users: row.users.map(decode),
    traces: row.traces,
    isMore: row.of_all > row.traces,
    errors: row.errors,
    firstUs: row.first_us,
    lastUs: row.last_us,
    latency: toHistogram(row.latency),
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    costNano: row.cost_nano,
    costMissing: row.cost_missing,
    lastName: decode(row.last_name),
    lastStatus: row.last_status,
    lastInput: decode(row.last_input),
  }
}
