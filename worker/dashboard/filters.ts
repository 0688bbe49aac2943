/**
 * The filters of the trace list: read from an address, written to one, turned into a query.
 *
 * The address is the whole state. A filter that cannot be understood is named and left out, so that
 * a mistyped address still shows traces.
 *
 * @module
 */

import type { SpanStatus } from '../../src/lib/record.ts'
import type { Term, TraceQuery } from '../store/query.ts'

export const RANGES = {
  '1h': 'last hour',
  '24h': 'last 24 hours',
  '7d': 'last 7 days',
  '30d': 'last 30 days',
}
export type Range = keyof typeof RANGES

export const STATUSES: readonly SpanStatus[] = ['success', 'error', 'running']

export interface Filters {
  status?: SpanStatus
  model?: string
  tags: readonly string[]
  range?: Range
  /** ISO 8601, in UTC. */
  from?: string
  to?: string
  /** The cursor of an older page. */
  before?: string
}

export interface Reading {
  filters: Filters
  /** One sentence for each part that was left out. */
  problems: string[]
}

const HOUR_US = 3_600_000_000
const RANGE_US = { '1h': HOUR_US, '24h': 24 * HOUR_US, '7d': 168 * HOUR_US, '30d': 720 * HOUR_US }

/** More of these than anyone types; each is a join in the store. */
const MAX_TAGS = 20
const MAX_CHARS = 500

export function readFilters(params: URLSearchParams): Reading {
  const filters: Filters & { tags: string[] } = { tags: [] }
  const problems: string[] = []

  for (const [name, value] of params) {
    if (value === '') continue
    if (value.length > MAX_CHARS) {
      problems.push(`${name} is longer than ${MAX_CHARS} characters`)
      continue
    }
    const problem = readFilter(filters, name, value)
    if (problem) problems.push(problem)
  }
  if (filters.range && (filters.from || filters.to)) {
    delete filters.range
    problems.push('range is not used together with from and to')
  }
  if (filters.from && filters.to && filters.from >= filters.to) {
    problems.push(`from ${filters.from} is not before to ${filters.to}, so nothing can match`)
  }
  return { filters, problems }
}

function readFilter(
  filters: Filters & { tags: string[] },
  name: string,
  value: string,
): string | undefined {
  switch (name) {
    case 'status': {
      const status = STATUSES.find((known) => known === value)
      if (!status) return `status “${value}” is none of ${STATUSES.join(', ')}`
      filters.status = status
      return
    }
    case 'model':
      filters.model = value
      return
    case 'tag':
      if (filters.tags.includes(value)) return
      if (filters.tags.length === MAX_TAGS)
        return `tag “${value}” is one more than ${MAX_TAGS} tags`
      filters.tags.push(value)
      return
    case 'range':
      if (!isRange(value)) return `range “${value}” is none of ${Object.keys(RANGES).join(', ')}`
      filters.range = value
      return
    case 'from':
    case 'to': {
      const moment = readMoment(value)
      if (!moment) return `${name} “${value}” is not a date such as 2026-11-23 or 2026-11-23T13:00Z`
      filters[name] = moment
      return
    }
    case 'before':
      filters.before = value
      return
  }
  return `there is no filter named “${name}”`
}

function isRange(value: string): value is Range {
  return Object.hasOwn(RANGES, value)
}

// A form's date-time field says no zone: it is taken as UTC, as it is labelled.
const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?$/

function readMoment(value: string): string | undefined {
  if (!DATE.test(value)) return undefined
  const zoned = /T.*(Z|[+-]\d\d:\d\d)$/.test(value) || value.length === 10
  const date = new Date(zoned ? value : `${value}Z`)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

export function toQuery(filters: Filters, nowMs: number): TraceQuery {
  const { status, model, tags, range, from, to, before } = filters
  const query: TraceQuery = {}
  const terms: Term[] = tags.map((tag) => ({ field: 'tag', values: [tag] }))
  if (model) terms.unshift({ field: 'model', values: [model] })
  if (status) terms.unshift({ field: 'status', values: [status] })
  if (terms.length > 0) query.terms = terms
  if (range) query.fromUs = nowMs * 1000 - RANGE_US[range]
  if (from) query.fromUs = Date.parse(from) * 1000
  if (to) query.toUs = Date.parse(to) * 1000
  if (before) query.before = before
  return query
}

/** The address of a list, without empty parts and always in the same order. */
export function listAddress(filters: Filters): string {
  const params = new URLSearchParams()
  for (const name of ['status', 'model'] as const) append(params, name, filters[name])
  for (const tag of filters.tags) params.append('tag', tag)
  for (const name of ['range', 'from', 'to', 'before'] as const) append(params, name, filters[name])
  const text = params.toString()
  return text ? `/traces?${text}` : '/traces'
}

function append(params: URLSearchParams, name: string, value: string | undefined): void {
  if (value) params.append(name, value)
}

/** The same filters from the newest trace on: any other filter has other pages. */
export function firstPage(filters: Filters): Filters {
  const first = { ...filters }
  delete first.before
  return first
}

/** `2026-11-23 13:00 UTC`. */
function shortMoment(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`
}

/** One active filter, and the list without it. */
export interface ActiveFilter {
  name: string
  /** As it is shown. */
  value: string
  without: string
}

export function activeFilters(filters: Filters): ActiveFilter[] {
  const kept = firstPage(filters)
  const active: ActiveFilter[] = []
  for (const name of ['status', 'model', 'range', 'from', 'to'] as const) {
    const value = kept[name]
    if (!value) continue
    const rest = { ...kept }
    delete rest[name]
    const dated = name === 'from' || name === 'to'
    active.push({ name, value: dated ? shortMoment(value) : value, without: listAddress(rest) })
  }
  for (const tag of kept.tags) {
    const tags = kept.tags.filter((other) => other !== tag)
    active.push({ name: 'tag', value: tag, without: listAddress({ ...kept, tags }) })
  }
  return active
}
