/**
 * The terms of a question as conditions on a row of `trace`.
 *
 * @module
 */

import { markOf } from '../marks.ts'
import { comparison, type MarkTerm, type NumberField, type Query, type Term } from '../query.ts'
import { encodeMark } from '../text.ts'
import type { Begun } from './begun.ts'
import { listOf, type Parameters } from './client.ts'
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

export function and(conditions: readonly Condition[]): Condition {
  return {
    text: conditions.map(({ text }) => `(${text})`).join(' AND ') || '1',
    values: Object.assign({}, ...conditions.map(({ values }) => values)),
  }
}

export function during({ fromUs, toUs }: Query): Condition[] {
  return [
    ...(fromUs === undefined
      ? []
      : [{ text: `start_us >= {from:Int64}`, values: { from: fromUs } }]),
    ...(toUs === undefined ? [] : [{ text: `start_us < {to:Int64}`, values: { to: toUs } }]),
  ]
}

/** @param name Of its parameters, other than those of all other terms. */
export function conditionOf(term: Term, name: string, begun: Begun): Condition {
  const { text, values } = positive(term, name, begun)
  return { text: term.not ? `NOT ifNull(${text}, 0)` : `ifNull(${text}, 0)`, values }
}

function positive(term: Term, name: string, begun: Begun): Condition {
  switch (term.field) {
    case 'text':
      return worded(term.words, name, begun)
    case 'trace':
      return { text: `trace_id IN ${listOf(name)}`, values: { [name]: term.values } }
    case 'latency':
    case 'firstText':
    case 'cost':
    case 'tokens':
    case 'steps':
    case 'errors':
      return {
        text: `${COLUMNS[term.field]} ${comparison(term.is)} {${name}:Float64}`,
        values: { [name]: term.value },
      }
    case 'scored':
      return {
        text: `arrayExists(mark -> startsWith(mark, {${name}_key:String}) AND ifNull(
          toFloat64OrNull(substring(mark, length({${name}_key:String}) + 1)) ${comparison(term.is)}
          {${name}:Float64}, 0), marks)`,
        values: { [name]: term.value, [`${name}_key`]: `score\n${term.key}\n` },
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
  return term.values.map((value) => `${term.field}\n${encodeMark(markOf(term, value))}`)
}

/** All words in one text. */
function worded(words: readonly string[], name: string, begun: Begun): Condition {
  const wanted = wantedWords(words)
  const parts = wanted.map(({ word, isOpen }, index): ((column: string) => Condition) => {
    const parameter = `${name}_${index}`
    const some = isOpen ? begun.get(word) : [word]
    if (some) {
      const values = { [parameter]: some }
      return (column) => ({ text: `hasAnyTokens(${column}, ${listOf(parameter)})`, values })
    }
    const values = { [parameter]: word }
    return (column) => ({
      text: `arrayExists(one -> startsWith(one, {${parameter}:String}), ${column})`,
      values,
    })
  })
  const inColumn = (column: string) =>
    parts.length === 0 ? NOTHING : and(parts.map((part) => part(column)))
  const [input, output] = [inColumn('input_words'), inColumn('output_words')]
  return {
    text: `trace_id IN (SELECT trace_id FROM span FINAL
      WHERE project = {project:String} AND gone = 0 AND ((${input.text}) OR (${output.text})))`,
    values: input.values,
  }
}

const NOTHING: Condition = { text: '0', values: {} }
