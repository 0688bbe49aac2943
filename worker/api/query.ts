/**
 * The question in an address, such as `?q=model:gpt-5* latency:>2s&status=error&from=2026-01-01`.
 *
 * @module
 */

import { SPAN_STATUSES } from '../../src/lib/record.ts'
import { MAX_SEARCH_CHARS, problemsOf, readSearch, termsOf } from '../query/search.ts'
import {
  MAX_PAGE,
  MAX_TERMS,
  type Query,
  SORTS,
  type Term,
  type TraceQuery,
} from '../store/query.ts'
import { type SessionQuery } from '../store/session-query.ts'
import { expectOneOf, expectText, expectTime } from './expect.ts'
import { Refused } from './refused.ts'

/** What every question may have. */
export const QUERY_PARAMETERS = ['q', 'status', 'model', 'tag', 'from', 'to'] as const
const PAGE_PARAMETERS = [...QUERY_PARAMETERS, 'before', 'limit'] as const
const LIST_PARAMETERS = [...QUERY_PARAMETERS, 'sort', 'before', 'limit'] as const

const MAX_TAGS = 20
const MAX_WORD_CHARS = 200

/** @throws {Refused} Also for a parameter that is not known: a filter with a typo must not find all. */
export function readListQuery(parameters: URLSearchParams): TraceQuery {
  expectKnown(parameters, LIST_PARAMETERS)
  return { ...readPage(parameters), ...readSort(parameters.get('sort')) }
}

/** Of a list that has one order. @throws {Refused} */
export function readPageQuery(parameters: URLSearchParams): SessionQuery {
  expectKnown(parameters, PAGE_PARAMETERS)
  return readPage(parameters)
}

function readPage(parameters: URLSearchParams): SessionQuery {
  const before = parameters.get('before')
  return {
    ...readQuery(parameters),
    ...(before !== null && { before }),
    ...readLimit(parameters.get('limit')),
  }
}

/** @param known Their names; only `tag` may be given several times. */
export function expectKnown(parameters: URLSearchParams, known: readonly string[]): void {
  for (const name of parameters.keys()) {
    if (!known.includes(name)) {
      throw new Refused(`a parameter is not known; there are ${known.join(', ')}`)
    }
    if (name !== 'tag' && parameters.getAll(name).length > 1) {
      throw new Refused(`\`${name}\` is given more than once; only \`tag\` may be`)
    }
  }
}

export function readQuery(parameters: URLSearchParams): Query {
  const terms = readTerms(parameters)
  const fromUs = expectTime(parameters.get('from'), 'from')
  const toUs = expectTime(parameters.get('to'), 'to')
  return {
    ...(terms.length > 0 && { terms }),
    ...(fromUs !== null && { fromUs }),
    ...(toUs !== null && { toUs }),
  }
}

function readTerms(parameters: URLSearchParams): Term[] {
  const tags = parameters.getAll('tag').map((tag) => expectText(tag, 'tag', MAX_WORD_CHARS) ?? '')
  if (tags.length > MAX_TAGS) {
    throw new Refused(`\`tag\` may be given ${MAX_TAGS} times, found ${tags.length}`)
  }
  const status = expectOneOf(parameters.get('status'), 'status', SPAN_STATUSES)
  const model = expectText(parameters.get('model'), 'model', MAX_WORD_CHARS)
  const search = readSearch(expectText(parameters.get('q'), 'q', MAX_SEARCH_CHARS) ?? '')
  const [problem] = problemsOf(search)
  if (problem !== undefined) throw new Refused(`\`q\` cannot be understood: ${problem}`)
  const terms: Term[] = termsOf(search)
  if (status !== null) terms.push({ field: 'status', values: [status] })
  if (model !== null) terms.push({ field: 'model', values: [model] })
  for (const tag of tags) terms.push({ field: 'tag', values: [tag] })
  if (terms.length > MAX_TERMS) {
    throw new Refused(`there may be ${MAX_TERMS} terms in all, found ${terms.length}`)
  }
  return terms
}

/** `latency` for the least first, `-latency` for the most. */
function readSort(text: string | null): Pick<TraceQuery, 'sort' | 'ascending'> {
  if (text === null) return {}
  const ascending = !text.startsWith('-')
  const sort = SORTS.find((known) => known === (ascending ? text : text.slice(1)))
  if (sort === undefined) {
    throw new Refused(
      `\`sort\` must be one of ${SORTS.map((known) => `-${known}, ${known}`).join(', ')}`,
    )
  }
  return { sort, ascending }
}

function readLimit(text: string | null): Pick<TraceQuery, 'limit'> {
  if (text === null) return {}
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > MAX_PAGE) {
    throw new Refused(`\`limit\` must be a number from 1 to ${MAX_PAGE}`)
  }
  return { limit }
}
