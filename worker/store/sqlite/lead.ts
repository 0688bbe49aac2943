/**
 * Where a list begins: with all traces in order of their start, or with those that one of its terms
 * leaves, if these are few.
 *
 * @module
 */

import { isMarkTerm, type MarkTerm, type Query, type Term } from '../query.ts'
import { type Driver, type Statement, typed } from './driver.ts'
import { phrase } from './phrase.ts'
import { and, COLUMNS, type Condition, conditionOf, during, isOpen, labelValues } from './where.ts'

export interface Lead {
  /** The tables, outermost first; `trace` is one of them. */
  from: Condition
  /** Columns to go by: an index is in this order, if there is one. */
  start: string
  key: string
  /** All that a trace has to meet. */
  where: Condition
  /** What an index gives in order of the start by itself; absent where nothing does, and there are few. */
  index?: Condition & { from: string }
  /** Whether there is more to meet than the index knows. */
  isSelective: boolean
  /** How many traces are looked at for a page. */
  stretch: number
}

/** No more than this many traces are looked at for a page, and texts listed to find their traces. */
export const STRETCH = 20_000

/** Where the steps of each have to be looked into for words. */
const STRETCH_OF_WORDS = 2000

export async function leadOf(driver: Driver, query: Query): Promise<Lead> {
  const terms = (query.terms ?? []).toSorted((one, other) => effort(one) - effort(other))
  const counts = await commonness(driver, terms)
  const isCommon = (term: Term) => (counts.get(term) ?? 0) >= STRETCH
  const isLookedInto = (term: Term) =>
    term.field === 'text' && isCommon(term) && !isOpen(term.words)
  const [first] = terms
    .filter((term) => counts.has(term) && !term.not && !isLookedInto(term))
    .toSorted((one, other) => (counts.get(one) ?? 0) - (counts.get(other) ?? 0))
  const others = terms.filter((term) => term !== first)
  const isSearched = others.some(isLookedInto)
  return {
    ...beginning(
      first,
      query,
      others.map((term) => conditionOf(term, isCommon(term))),
    ),
    stretch: isSearched ? STRETCH_OF_WORDS : STRETCH,
  }
}

/** What is looked at first of a trace: its own row, then its labels, then the words of its steps. */
function effort({ field }: Term): number {
  if (field === 'text') return 2
  return field in COLUMNS || field === 'trace' ? 0 : 1
}

/** Those that so many texts meet that their traces are not listed first. */
export async function commonTerms(
  driver: Driver,
  terms: readonly Term[],
): Promise<ReadonlySet<Term>> {
  const texts = terms.filter(({ field }) => field === 'text')
  const counts = await commonness(driver, texts)
  return new Set(texts.filter((term) => (counts.get(term) ?? 0) >= STRETCH))
}

function beginning(
  first: Term | undefined,
  query: Query,
  others: readonly Condition[],
): Omit<Lead, 'stretch'> {
  const isSelective = others.length > 0
  const trace = { start: 'trace.start_us', key: 'trace.key' }
  if (first === undefined) {
    const index = and(during(query, trace.start))
    return {
      from: { text: 'trace', values: [] },
      ...trace,
      where: and([index, ...others]),
      index: { from: 'trace', ...index },
      isSelective,
    }
  }
  if (first.field === 'text' || first.field === 'trace') {
    return {
      from: first.field === 'text' ? tracesWith(first.words) : tracesNamed(first.values),
      ...trace,
      where: and([...during(query, trace.start), ...others]),
      isSelective,
    }
  }
  if (!isMarkTerm(first)) throw new Error('a number leads no list')
  const label = { start: 'lead.start_us', key: 'lead.trace' }
  const index = and([
    { text: 'lead.field = ? AND lead.value = ?', values: labelOf(first) },
    ...during(query, label.start),
  ])
  return {
    from: { text: 'label AS lead CROSS JOIN trace ON trace.key = lead.trace', values: [] },
    ...label,
    where: and([index, ...others]),
    index: { from: 'label AS lead', ...index },
    isSelective,
  }
}

/** Of the beginnings of words, which may be anywhere, among the newest texts that have them. */
function tracesWith(words: readonly string[]): Condition {
  return {
    text: `(SELECT DISTINCT span.trace_id FROM
      (SELECT DISTINCT rowid / 2 AS key FROM (
        SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ${STRETCH})) AS text
      CROSS JOIN span ON span.key = text.key) AS found
      CROSS JOIN trace ON trace.trace_id = found.trace_id`,
    values: [phrase(words)],
  }
}

function tracesNamed(ids: readonly string[]): Condition {
  return {
    text: `(SELECT DISTINCT value FROM json_each(?)) AS wanted
      CROSS JOIN trace ON trace.trace_id = wanted.value`,
    values: [JSON.stringify(ids)],
  }
}

/** Of those that could lead: how many traces or texts meet them, counted no further than it matters. */
async function commonness(driver: Driver, terms: readonly Term[]): Promise<Map<Term, number>> {
  const leads = terms.filter(
    (term) => term.field === 'text' || (!term.not && (term.field === 'trace' || countOf(term))),
  )
  if (leads.length === 0) return new Map()
  const counted = leads.flatMap((term): { term: Term; count: Statement }[] => {
    const count = countOf(term)
    return count ? [{ term, count }] : []
  })
  const results = await driver.run(counted.map(({ count }) => count))
  return new Map([
    ...leads.map((term) => [term, 0] as const),
    ...counted.map(({ term }, index) => {
      const [row] = typed<{ found: number }>(results[index])
      return [term, row?.found ?? 0] as const
    }),
  ])
}

function countOf(term: Term): Statement | undefined {
  if (term.field === 'text') {
    return [
      `SELECT count(*) AS found FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ${STRETCH})`,
      phrase(term.words),
    ]
  }
  // One value, whole: these have traces in order.
  if (!isMarkTerm(term) || term.prefix || term.values.length !== 1) return undefined
  return [
    `SELECT count(*) AS found FROM
      (SELECT 1 FROM label WHERE field = ? AND value = ? LIMIT ${STRETCH})`,
    ...labelOf(term),
  ]
}

function labelOf(term: MarkTerm): [field: string, value: string] {
  return [term.field, labelValues(term)[0] ?? '']
}
