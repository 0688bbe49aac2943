/**
 * Which sessions have a trace that meets a question, a stretch of traces at a time.
 *
 * @module
 */

import { isMarkTerm, type Term } from '../query.ts'
import { type SessionQuery } from '../session-query.ts'
import { readSessionPlace, type SessionPlace } from '../session-place.ts'
import { type Driver, rowsOf, type Statement, typed } from './driver.ts'
import { commonTerms } from './lead.ts'
import { find } from './list.ts'
import { sql } from './sql.ts'
import { and, type Condition, conditionOf, during } from './where.ts'

/** Sessions in their order; `end` where the stretch ended in which these are all. */
export interface FoundSessions {
  found: SessionPlace[]
  end?: SessionPlace
}

/** Traces that are looked at for a page; fewer where each has to be searched. */
const STRETCH = { walked: 5000, found: 2000, searched: 1000 }

export async function findSessions(
  driver: Driver,
  query: SessionQuery,
  limit: number,
): Promise<FoundSessions> {
  const place = query.before === undefined ? undefined : readSessionPlace(query.before)
  const terms = query.terms ?? []
  const common = await commonTerms(driver, terms)
  const met = and(terms.map((term) => conditionOf(term, common.has(term))))
  const { found, end } = terms.some(isLeading)
    ? await lookedUp(driver, query, place)
    : await walked(driver, { query, place, met, isSearched: common.size > 0 })
  const fresh = place ? await without(driver, found, { place, query, met }) : found
  return { found: fresh.slice(0, limit), ...(end && { end }) }
}

/** Whether an index gives the few traces that meet it. */
function isLeading(term: Term): boolean {
  if (term.not) return false
  if (isMarkTerm(term)) return !term.prefix && term.values.length === 1
  return term.field === 'text' || term.field === 'trace'
}

/** By the traces that meet the question, of which some have sessions. */
async function lookedUp(
  driver: Driver,
  { terms, fromUs, toUs = Infinity }: SessionQuery,
  place: SessionPlace | undefined,
): Promise<FoundSessions> {
  const untilUs = Math.min(toUs, place ? place.at + 1 : Infinity)
  const { rows, end } = await find(
    driver,
    {
      ...(terms && { terms }),
      ...(fromUs !== undefined && { fromUs }),
      ...(untilUs !== Infinity && { toUs: untilUs }),
    },
    STRETCH.found,
  )
  const lastUs = rows.length === STRETCH.found ? rows.at(-1)?.start_us : (end?.value ?? undefined)
  // Others that began with the last one may follow: all of them are for the next page.
  const whole = lastUs === undefined ? rows : rows.filter((row) => row.start_us > lastUs)
  const isStuck = lastUs !== undefined && rows.length > 0 && whole.length === 0
  const used = isStuck ? rows : whole
  const [labels] = await driver.run([
    [sql.labelsOf, JSON.stringify(used.map(({ key }) => key)), 'session'],
  ])
  const starts = new Map(used.map((row) => [row.key, row.start_us]))
  const named = typed<{ trace: number; value: string }>(labels).map(({ trace, value }) => ({
    at: starts.get(trace) ?? 0,
    value,
  }))
  const found = newestOf(named).filter((one) => !place || isAfter(one, place))
  if (lastUs === undefined) return { found }
  return { found, end: { at: lastUs, value: isStuck ? '' : LAST } }
}

/** Stands after all names of sessions. */
const LAST = '\u{10FFFF}'

function isAfter(one: SessionPlace, place: SessionPlace): boolean {
  return one.at < place.at || (one.at === place.at && one.value < place.value)
}

/** Of each session its newest trace, in order. */
function newestOf(places: readonly SessionPlace[]): SessionPlace[] {
  const newest = new Map<string, number>()
  for (const { at, value } of places) newest.set(value, Math.max(at, newest.get(value) ?? at))
  return [...newest]
    .map(([value, at]) => ({ value, at }))
    .toSorted((one, other) => other.at - one.at || (one.value < other.value ? 1 : -1))
}

interface Walk {
  query: SessionQuery
  place: SessionPlace | undefined
  met: Condition
  isSearched: boolean
}

/** By the traces that have a session, the newest first, of which some meet the question. */
async function walked(
  driver: Driver,
  { query, place, met, isSearched }: Walk,
): Promise<FoundSessions> {
  const stretch = STRETCH[isSearched ? 'searched' : 'walked']
  const after: Condition[] = place
    ? [{ text: '(label.start_us, label.value) < (?, ?)', values: [place.at, place.value] }]
    : []
  const within = and([...during(query, 'label.start_us'), ...after])
  // By itself the engine takes an index that is not in this order, and sorts all there is.
  const walk: Statement = [
    `SELECT start_us, value, trace FROM label INDEXED BY label_session
      WHERE field = 'session' AND ${within.text}
      ORDER BY start_us DESC, value DESC LIMIT ${stretch}`,
    ...within.values,
  ]
  const found = await rowsOf<SessionPlace>(
    driver,
    `SELECT lead.value, max(lead.start_us) AS at FROM (${walk[0]}) AS lead
      CROSS JOIN trace ON trace.key = lead.trace WHERE ${met.text}
      GROUP BY lead.value ORDER BY at DESC, lead.value DESC`,
    ...within.values,
    ...met.values,
  )
  const [end] = await rowsOf<SessionPlace>(
    driver,
    `SELECT value, start_us AS at FROM (${walk[0]}) LIMIT 1 OFFSET ${stretch - 1}`,
    ...within.values,
  )
  return end ? { found, end } : { found }
}

interface Before {
  place: SessionPlace
  query: SessionQuery
  met: Condition
}

/** Without those of which a newer trace is met: they were on an earlier page. */
async function without(
  driver: Driver,
  found: readonly SessionPlace[],
  { place, query, met }: Before,
): Promise<SessionPlace[]> {
  const newer = and([
    { text: 'label.start_us >= ?', values: [place.at] },
    { text: 'label.start_us > ? OR label.value >= ?', values: [place.at, place.value] },
    ...during(query, 'label.start_us'),
    met,
  ])
  const earlier = await rowsOf<{ value: string }>(
    driver,
    `SELECT value FROM json_each(?) AS found WHERE EXISTS (
      SELECT 1 FROM label CROSS JOIN trace ON trace.key = label.trace
      WHERE label.field = 'session' AND label.value = found.value AND ${newer.text})`,
    JSON.stringify(found.map(({ value }) => value)),
    ...newer.values,
  )
  const shown = new Set(earlier.map(({ value }) => value))
  return found.filter(({ value }) => !shown.has(value))
}
