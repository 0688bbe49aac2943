/**
 * The terms of a question as conditions on a row of `trace`.
 *
 * @module
 */

import { metadataMark } from '../marks.ts'
import type { Comparison, MarkTerm, NumberField, Query, Term } from '../query.ts'
import { listOf, type Parameters } from './client.ts'
import { encodeMark } from './rows.ts'
import { wantedWords } from './tokens.ts'

/** A piece of SQL, and the values of its parameters by name. */
export interface Condition {
  text: string
  values: Parameters
}

const COLUMNS: Record<NumberField, string> = {
  latency: 'duration_us',
  firstText: 'first_text_us',
  cost: 'cost_nano',
  tokens: '(input_tokens + output_tokens)',
  steps: 'spans',
  errors: 'errors',
}

/** As texts of ours: an operator of somebody else never becomes SQL. */
const COMPARISONS: Record<Comparison, string> = {
  '<': '<',
  '<=': '<=',
  '=': '=',
  '>=': '>=',
  '>': '>',
}

export function and(conditions: readonly Condition[]): Condition {
  return {
    text: conditions.map(({ text }) => `(${text})`).join(' AND ') || '1',
    values: Object.assign({}, ...conditions.map(({ values }) => values)),
  }
}

export function during({ fromUs, toUs }: Query): Condition[] {
  return [
    ...(fromUs === undefined ? [] : [{ text: `start_us >= {from:Int64}`, values: { from: fromUs } }]),
    ...(toUs === undefined ? [] : [{ text: `start_us < {to:Int64}`, values: { to: toUs } }]),
  ]
}

/** @param name Of its parameters, other than those of all other terms. */
export function conditionOf(term: Term, name: string): Condition {
  const { text, values } = positive(term, name)
  return { text: term.not ? `NOT ifNull(${text}, 0)` : `ifNull(${text}, 0)`, values }
}

function positive(term: Term, name: string): Condition {
  switch (term.field) {
    case 'text':
      return worded(term.words, name)
    case 'trace':
      return { text: `trace_id IN ${listOf(name)}`, values: { [name]: term.values } }
    case 'latency':
    case 'firstText':
    case 'cost':
    case 'tokens':
    case 'steps':
    case 'errors':
      return {
        text: `${COLUMNS[term.field]} ${COMPARISONS[term.is]} {${name}:Float64}`,
        values: { [name]: term.value },
      }
    default:
      return marked(term, name)
  }
}

function marked(term: MarkTerm, name: string): Condition {
  const list = listOf(name)
  const text = term.prefix
    ? `arrayExists(mark -> arrayExists(some -> startsWith(mark, some), ${list}), marks)`
    : `hasAny(marks, ${list})`
  return { text, values: { [name]: marksOf(term) } }
}

function marksOf(term: MarkTerm): string[] {
  return term.values.map((value) =>
    term.field === 'metadata'
      ? `metadata\n${encodeMark(metadataMark(term.key, value))}`
      : `${term.field}\n${encodeMark(value)}`,
  )
}

/** All words in one text. */
function worded(words: readonly string[], name: string): Condition {
  const wanted = wantedWords(words)
  const whole = wanted.filter(({ isOpen }) => !isOpen).map(({ word }) => word)
  const begun = wanted.filter(({ isOpen }) => isOpen).map(({ word }) => word)
  const inColumn = (column: string) => {
    const all = whole.length > 0 ? [`hasAllTokens(${column}, ${listOf(`${name}_whole`)})`] : []
    const some = `arrayExists(one -> startsWith(one, begin), ${column})`
    if (begun.length > 0) all.push(`arrayAll(begin -> ${some}, ${listOf(`${name}_begun`)})`)
    return all.join(' AND ') || '0'
  }
  return {
    text: `trace_id IN (SELECT trace_id FROM span FINAL WHERE project = {project:String} AND gone = 0
      AND ((${inColumn('input_words')}) OR (${inColumn('output_words')})))`,
    values: {
      ...(whole.length > 0 && { [`${name}_whole`]: whole }),
      ...(begun.length > 0 && { [`${name}_begun`]: begun }),
    },
  }
}

