/**
 * Addresses of the trace list: with a term more, with one less, in another order.
 *
 * @module
 */

import { partsOf, quote } from '../../query/words.ts'
import type { Search } from '../../query/search.ts'
import type { WordField } from '../../store/query.ts'
import type { Filters, Order } from './filters.ts'

/** Without empty parts, and always in the same order. */
export function listAddress(filters: Filters, path = '/traces'): string {
  const { q, range, sort, before } = filters
  const [from, to] = [filters.from, filters.to].map((iso) => iso?.replace(/(:00)?\.000Z$/, 'Z'))
  const params = new URLSearchParams()
  const order = sort && orderText(sort)
  for (const [name, value] of Object.entries({ q, range, from, to, sort: order, before })) {
    if (value) params.append(name, value)
  }
  const text = params.toString().replaceAll('%3A', ':') // as it may stand in a query
  return text ? `${path}?${text}` : path
}

/** Nothing for the order that a list has by itself. */
function orderText({ by, ascending }: Order): string | undefined {
  if (by === 'start' && !ascending) return undefined
  return ascending ? by : `-${by}`
}

/** The same from the first page on: any other question has other pages. */
export function firstPage(filters: Filters): Filters {
  const first = { ...filters }
  delete first.before
  return first
}

export function term(field: WordField, value: string): string {
  return `${field}:${quote(value)}`
}

/** With a term more. Its opposite gives way to it. */
export function withTerm(filters: Filters, source: string): Filters {
  const opposite = source.startsWith('-') ? source.slice(1) : `-${source}`
  const kept = partsOf(filters.q)
    .map((part) => part.source)
    .filter((other) => other !== opposite && other !== source)
  return { ...firstPage(filters), q: [...kept, source].join(' ') }
}

/** Between two moments, in place of any other time. */
export function between(filters: Filters, fromUs: number, toUs: number): Filters {
  const within = firstPage(filters)
  delete within.range
  const iso = (us: number) => new Date(Math.floor(us / 1000)).toISOString()
  return { ...within, from: iso(fromUs), to: iso(toUs) }
}

/** One active filter, and the list without it. */
export interface ActiveFilter {
  name: string
  /** As it is shown. */
  value: string
  without: string
  /** It could not be understood, and is left out. */
  isBad: boolean
}

export function activeFilters(filters: Filters, { items }: Search, path?: string): ActiveFilter[] {
  const kept = firstPage(filters)
  const terms = items.map((item, index) => {
    const rest = items.filter((_, other) => other !== index).map(({ source }) => source)
    return {
      name: '',
      value: item.source,
      without: listAddress({ ...kept, q: rest.join(' ') }, path),
      isBad: 'problem' in item,
    }
  })
  const times = (['range', 'from', 'to'] as const).flatMap((name) => {
    const value = kept[name]
    if (!value) return []
    const rest = { ...kept }
    delete rest[name]
    const shown = name === 'range' ? value : shortMoment(value)
    return [{ name, value: shown, without: listAddress(rest, path), isBad: false }]
  })
  return [...terms, ...times]
}

/** `2026-11-23 13:00 UTC`. */
function shortMoment(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`
}
