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
import {
  MAX_PAGE,
  MAX_SESSION_USERS,
  PAGE,
  SESSION_TRACES,
  type SessionPage,
  type SessionQuery,
  type SessionSummary,
} from '../query.ts'
import { readSessionPlace, type SessionPlace, writeSessionPlace } from '../session-place.ts'
import { decode } from '../text.ts'
import { type Driver, rowsOf, type Statement, typed } from './driver.ts'
import { commonTerms } from './lead.ts'
import { and, type Condition, conditionOf, during } from './where.ts'

/** Traces that are looked at for a page; fewer where the steps of each may be searched for words. */
const STRETCH = { plain: 5000, searched: 1000 }

export async function sessions(driver: Driver, query: SessionQuery): Promise<SessionPage> {
  const limit = Math.min(Math.max(Math.trunc(query.limit ?? PAGE), 1), MAX_PAGE)
  const { found, end } = await find(driver, query, limit + 1)
  const shown = found.slice(0, limit)
  const next = found.length > limit ? shown.at(-1) : end
  const told = await summaries(
    driver,
    shown.map(({ value }) => value),
  )
  return { sessions: told, ...(next && { next: writeSessionPlace(next) }) }
}

/** @returns `end`: where the stretch ended in which these are all. */
async function find(
  driver: Driver,
  query: SessionQuery,
  limit: number,
): Promise<{ found: SessionPlace[]; end?: SessionPlace }> {
  const place = query.before === undefined ? undefined : readSessionPlace(query.before)
  const terms = query.terms ?? []
  const common = await commonTerms(driver, terms)
  const stretch = STRETCH[common.size > 0 ? 'searched' : 'plain']
  const met = and(terms.map((term) => conditionOf(term, common.has(term))))
  const time = during(query, 'label.start_us')
  const within = and([...time, ...(place ? [after(place)] : [])])
  // By itself the engine takes an index that is not in this order, and sorts all there is.
  const walk: Statement = [
    `SELECT start_us, value, trace FROM label INDEXED BY label_session WHERE field = 'session' AND ${within.text}
      ORDER BY start_us DESC, value DESC LIMIT ${stretch}`,
    ...within.values,
  ]
  const before = place ? notBefore(place, and([...time, met])) : { text: '1', values: [] }
  const found = await rowsOf<SessionPlace>(
    driver,
    `SELECT value, at FROM (
        SELECT lead.value, max(lead.start_us) AS at FROM (${walk[0]}) AS lead
        CROSS JOIN trace ON trace.key = lead.trace WHERE ${met.text} GROUP BY lead.value) AS found
      WHERE ${before.text} ORDER BY at DESC, value DESC LIMIT ?`,
    ...within.values,
    ...met.values,
    ...before.values,
    limit,
  )
  const [end] = await rowsOf<SessionPlace>(
    driver,
    `SELECT value, start_us AS at FROM (${walk[0]}) LIMIT 1 OFFSET ${stretch - 1}`,
    ...within.values,
  )
  return end ? { found, end } : { found }
}

function after({ at, value }: SessionPlace): Condition {
  return { text: '(label.start_us, label.value) < (?, ?)', values: [at, value] }
}

/** A session of which a newer trace is met was on an earlier page. */
function notBefore({ at, value }: SessionPlace, met: Condition): Condition {
  return {
    text: `NOT EXISTS (SELECT 1 FROM label CROSS JOIN trace ON trace.key = label.trace
      WHERE label.field = 'session' AND label.value = found.value AND label.start_us >= ?
        AND (label.start_us > ? OR label.value >= ?) AND ${met.text})`,
    values: [at, at, value, ...met.values],
  }
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
