/**
 * The language of searches, the same in the text box, in addresses, in the API and in exports.
 *
 * `model:gpt-5* status:error|running latency:>2s tag:prod -user:u12 meta.version:2.1 has:tool "free text"`:
 * all terms have to be met, `-` turns one around, `|` stands between alternatives, `*` at the end for any
 * rest. What cannot be understood is named and left out, so that a slip never blanks a page.
 *
 * @module
 */

import { SPAN_KINDS, SPAN_STATUSES } from '../../src/lib/record.ts'
import { HAS } from '../store/marks.ts'
import {
  MAX_TERM_TRACES,
  MAX_TERM_VALUES,
  MAX_TERMS,
  type NumberField,
  type Term,
  type WordField,
} from '../store/query.ts'
import { searchWords } from '../store/words.ts'
import { readNumber, readScore } from './comparisons.ts'
import { type Part, partsOf, type Value } from './words.ts'

export interface Search {
  /** In the order in which they were written. */
  items: SearchItem[]
}

export type SearchItem = { source: string } & (
  | { terms: readonly Term[] }
  /** One sentence for who wrote it. */
  | { problem: string }
)

const WORDS: Record<string, WordField> = {
  status: 'status',
  kind: 'kind',
  name: 'name',
  model: 'model',
  provider: 'provider',
  tag: 'tag',
  user: 'user',
  session: 'session',
  env: 'environment',
  environment: 'environment',
  service: 'service',
  release: 'release',
  ended: 'ended',
  has: 'has',
}

const NUMBERS: Record<string, NumberField> = {
  latency: 'latency',
  ttft: 'firstText',
  cost: 'cost',
  tokens: 'tokens',
  steps: 'steps',
  errors: 'errors',
}

/** Fields with few values, and what else people call these. */
const KNOWN: Partial<
  Record<WordField, { values: readonly string[]; also: Record<string, string> }>
> = {
  status: { values: SPAN_STATUSES, also: { ok: 'success' } },
  kind: { values: SPAN_KINDS, also: { llm: 'generation', retrieval: 'retriever' } },
  has: { values: HAS, also: {} },
}

/** Longer than anyone types. */
export const MAX_SEARCH_CHARS = 4000
const MAX_VALUE_CHARS = 500

export function readSearch(text: string): Search {
  if (text.length > MAX_SEARCH_CHARS) {
    const problem = `a search may have ${MAX_SEARCH_CHARS} characters, found ${text.length}`
    return { items: [{ source: `${text.slice(0, 20)}…`, problem }] }
  }
  let terms = 0
  return {
    items: partsOf(text).map((part) => {
      const read = readPart(part)
      if (typeof read === 'string') return { source: part.source, problem: read }
      terms += read.length
      return terms > MAX_TERMS
        ? { source: part.source, problem: `a search may have ${MAX_TERMS} terms` }
        : { source: part.source, terms: read }
    }),
  }
}

export function termsOf({ items }: Search): Term[] {
  return items.flatMap((item) => ('terms' in item ? item.terms : []))
}

export function problemsOf({ items }: Search): string[] {
  return items.flatMap((item) => ('problem' in item ? `${item.source}: ${item.problem}` : []))
}

/** A term, or what is wrong with it. */
function readPart(part: Part): readonly Term[] | string {
  const { name, values, not, isOpen } = part
  if (isOpen) return 'the quotation mark has no end'
  if (values.every(({ text }) => text === '')) return 'there is no value'
  const isTraces = name !== undefined && /^(id|trace)$/i.test(name)
  const most = isTraces ? MAX_TERM_TRACES : MAX_TERM_VALUES
  if (values.length > most) return `there may be ${most} alternatives`
  if (values.some(({ text }) => text.length > MAX_VALUE_CHARS)) {
    return `a value may have ${MAX_VALUE_CHARS} characters`
  }
  if (name === undefined) return readText(values, not)
  const lower = name.toLowerCase()
  if (lower.startsWith('meta.')) {
    const key = name.slice('meta.'.length)
    return key === ''
      ? 'there is no key after meta.'
      : marked({ field: 'metadata', key }, values, not)
  }
  if (lower.startsWith('score.')) {
    const key = name.slice('score.'.length)
    return readScore(key, part) ?? marked({ field: 'score', key }, values, not)
  }
  if (isTraces) return readIds(values, not)
  if (Object.hasOwn(NUMBERS, lower)) return readNumber(NUMBERS[lower] ?? 'latency', part)
  const field = Object.hasOwn(WORDS, lower) ? WORDS[lower] : undefined
  if (field === undefined) {
    const fields = [...Object.keys(WORDS), ...Object.keys(NUMBERS), 'id', 'meta.KEY', 'score.NAME']
    return `there is no field of this name; there are ${fields.join(', ')}. To find the words, put them in quotation marks`
  }
  return readWord(field, values, not)
}

function readText(values: readonly Value[], not: boolean): readonly Term[] | string {
  if (values.length > 1) return 'alternatives are for fields; several words are searched together'
  const words = values.flatMap(({ text }) => searchWords(text))
  if (words.length === 0) return 'there is no letter and no digit in it'
  if (words.length > MAX_TERM_VALUES) return `there may be ${MAX_TERM_VALUES} words`
  return [{ field: 'text', words, ...(not && { not }) }]
}

function readIds(values: readonly Value[], not: boolean): readonly Term[] | string {
  const ids = values.map(({ text }) => text.replaceAll('-', '').toLowerCase())
  return ids.every((id) => /^[0-9a-f]{32}$/.test(id))
    ? [{ field: 'trace', values: ids, ...(not && { not }) }]
    : 'an id has 32 digits from 0 to f'
}

function readWord(
  field: WordField,
  values: readonly Value[],
  not: boolean,
): readonly Term[] | string {
  const known = KNOWN[field]
  if (!known) return marked({ field }, values, not)
  const named = values.map(({ text }) => {
    const word = text.toLowerCase()
    return Object.hasOwn(known.also, word) ? (known.also[word] ?? word) : word
  })
  const strange = named.find((word) => !known.values.includes(word))
  return strange === undefined
    ? [{ field, values: named, ...(not && { not }) }]
    : `“${strange}” is none of ${known.values.join(', ')}`
}

type Marked = { field: WordField } | { field: 'metadata' | 'score'; key: string }

function marked(of: Marked, values: readonly Value[], not: boolean): readonly Term[] | string {
  const open = values.filter(({ text, isQuoted }) => !isQuoted && text.endsWith('*'))
  if (open.length > 0 && open.length < values.length)
    return 'a * has to be in all alternatives or none'
  const prefix = open.length > 0
  const texts = values.map(({ text }) => (prefix ? text.slice(0, -1) : text))
  if (texts.includes('')) return 'there has to be something before the *'
  return [{ ...of, values: texts, ...(prefix && { prefix }), ...(not && { not }) }]
}
