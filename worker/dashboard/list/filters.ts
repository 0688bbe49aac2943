/**
 * What the trace list is asked for: read from an address, and turned into a question to the store.
 *
 * The address is the whole state. What cannot be understood is named and left out, so that a mistyped
 * address still shows traces.
 *
 * @module
 */

import { type Search, problemsOf, readSearch, termsOf } from '../../query/search.ts'
import { type Sort, SORTS, type TraceQuery } from '../../store/query.ts'

export const RANGES = {
  '1h': 'last hour',
  '24h': 'last 24 hours',
  '7d': 'last 7 days',
  '30d': 'last 30 days',
}
export type Range = keyof typeof RANGES

export interface Filters {
  /** The search as it was written. */
  q: string
  range?: Range
  /** ISO 8601, in UTC. */
  from?: string
  to?: string
  /** The newest first unless told. */
  sort?: Order
  /** The cursor of another page than the first. */
  before?: string
}

export interface Order {
  by: Sort
  ascending: boolean
}

export interface Reading {
  filters: Filters
  search: Search
  /** One sentence for each part that was left out. */
  problems: string[]
}

export const ALL: Filters = { q: '' }

const HOUR_US = 3_600_000_000
const RANGE_US = { '1h': HOUR_US, '24h': 24 * HOUR_US, '7d': 168 * HOUR_US, '30d': 720 * HOUR_US }

const MAX_CHARS = 500

export function readFilters(params: URLSearchParams): Reading {
  const filters: Filters = { q: '' }
  const problems: string[] = []

  for (const [name, value] of params) {
    if (value.trim() === '') continue
    if (name !== 'q' && value.length > MAX_CHARS) {
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
  const search = readSearch(filters.q)
  return { filters, search, problems: [...problemsOf(search), ...problems] }
}

function readFilter(filters: Filters, name: string, value: string): string | undefined {
  switch (name) {
    case 'q':
      filters.q = `${filters.q} ${value}`.trim()
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
    case 'sort': {
      const by = SORTS.find((sort) => sort === value.replace(/^-/, ''))
      if (!by) return `sort “${value}” is none of ${SORTS.join(', ')}`
      filters.sort = { by, ascending: !value.startsWith('-') }
      return
    }
    case 'before':
      filters.before = value
      return
  }
  return `there is no filter named “${name}”; what to search for stands in q`
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

/** Which traces, without their order and the page. */
export function toQuestion({ filters, search }: Reading, nowMs: number): TraceQuery {
  const { range, from, to } = filters
  const terms = termsOf(search)
  return {
    ...(terms.length > 0 && { terms }),
    ...(range && { fromUs: nowMs * 1000 - RANGE_US[range] }),
    ...(from && { fromUs: Date.parse(from) * 1000 }),
    ...(to && { toUs: Date.parse(to) * 1000 }),
  }
}

export function toQuery(reading: Reading, nowMs: number): TraceQuery {
  const { sort, before } = reading.filters
  return {
    ...toQuestion(reading, nowMs),
    ...(sort && { sort: sort.by, ascending: sort.ascending }),
    ...(before && { before }),
  }
}
