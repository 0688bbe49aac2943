/**
 * Sessions, a page at a time, by their newest trace.
 *
 * A page looks at a stretch of the traces that have a session, newest first, and adds up no more than the
 * newest traces of each session that it shows.
 *
 * @module
 */

import type { SpanStatus } from '../../../src/lib/record.ts'
import { histogramOf } from '../histogram.ts'
import { MAX_PAGE, PAGE } from '../query.ts'
import {
  MAX_SESSION_USERS,
  SESSION_TRACES,
  type SessionPage,
  type SessionQuery,
  type SessionSummary,
} from '../session-query.ts'
import { writeSessionPlace } from '../session-place.ts'
import { decode } from '../text.ts'
import { type Driver, rowsOf, typed } from './driver.ts'
import { findSessions } from './find-sessions.ts'

export async function sessions(driver: Driver, query: SessionQuery): Promise<SessionPage> {
  const limit = Math.min(Math.max(Math.trunc(query.limit ?? PAGE), 1), MAX_PAGE)
  const { found, end } = await findSessions(driver, query, limit + 1)
  const shown = found.slice(0, limit)
  const next = found.length > limit ? shown.at(-1) : end
  const told = await summaries(
    driver,
    shown.map(({ value }) => value),
  )
  return { sessions: told, ...(next && { next: writeSessionPlace(next) }) }
}

// Type aliases, as a row is an open record and an interface is none.
type Row = { session: string; traces: number; told: string }
type Last = { key: number; name: string; status: SpanStatus; input_preview: string }

type Told = readonly [
  traces: number,
  errors: number,
  firstUs: number,
  lastUs: number,
  inputTokens: number | null,
  outputTokens: number | null,
  costNano: number | null,
  costMissing: number,
  durations: readonly number[],
  keys: readonly number[],
]

const TOLD = `
  SELECT wanted.value AS session, (
    SELECT count(*) FROM (SELECT 1 FROM label
      WHERE field = 'session' AND value = wanted.value LIMIT ${SESSION_TRACES + 1})) AS traces, (
    SELECT json_array(count(*), count(*) FILTER (WHERE status = 'error'), min(start_us), max(start_us),
      sum(input_tokens), sum(output_tokens), sum(cost_nano), sum(cost_missing),
      json_group_array(duration_us) FILTER (WHERE duration_us IS NOT NULL), json_group_array(key))
    FROM (
      SELECT trace.* FROM label CROSS JOIN trace ON trace.key = label.trace
      WHERE label.field = 'session' AND label.value = wanted.value
      ORDER BY label.start_us DESC, label.trace DESC LIMIT ${SESSION_TRACES})) AS told
  FROM json_each(?1) AS wanted`

/** ?1 is a list of [session, keys of traces]. */
const USERS = `
  SELECT session.value ->> 0 AS session, (
    SELECT json_group_array(value) FROM (
      SELECT DISTINCT label.value FROM json_each(session.value ->> 1) AS wanted
      CROSS JOIN label ON label.trace = wanted.value AND label.field = 'user'
      LIMIT ${MAX_SESSION_USERS})) AS users
  FROM json_each(?1) AS session`

const LAST = `
  SELECT trace.key, name, status, input_preview FROM json_each(?1) AS wanted
  CROSS JOIN trace ON trace.key = wanted.value`

async function summaries(driver: Driver, values: readonly string[]): Promise<SessionSummary[]> {
  if (values.length === 0) return []
  const rows = await rowsOf<Row>(driver, TOLD, JSON.stringify(values))
  const told = rows.map(({ session, traces, told: text }) => {
    const figures: Told = JSON.parse(text)
    return { session, traces, figures, keys: figures[9] }
  })
  const [userRows, lastRows] = await driver.run([
    [USERS, JSON.stringify(told.map(({ session, keys }) => [session, JSON.stringify(keys)]))],
    [LAST, JSON.stringify(told.flatMap(({ keys }) => keys[0] ?? []))],
  ])
  const users = new Map(
    typed<{ session: string; users: string }>(userRows).map((row) => [row.session, row.users]),
  )
  const lasts = new Map(typed<Last>(lastRows).map((row) => [row.key, row]))
  return told.flatMap(({ session, traces, figures, keys }) => {
    const last = lasts.get(keys[0] ?? -1)
    const names: string[] = JSON.parse(users.get(session) ?? '[]')
    return last ? [toSession({ session, isMore: traces > keys.length, names, figures, last })] : []
  })
}

interface Found {
  session: string
  isMore: boolean
  names: readonly string[]
  figures: Told
  last: Last
}

function toSession({ session, isMore, names, figures, last }: Found): SessionSummary {
  const [traces, errors, firstUs, lastUs, inputTokens, outputTokens, costNano, costMissing] =
    figures
  return {
    sessionId: decode(session),
    users: names.map(decode).toSorted(),
    traces,
    isMore,
    errors,
    firstUs,
    lastUs,
    latency: histogramOf(figures[8]),
    inputTokens,
    outputTokens,
    costNano,
    costMissing,
    lastName: decode(last.name),
    lastStatus: last.status,
    lastInput: decode(last.input_preview),
  }
}
