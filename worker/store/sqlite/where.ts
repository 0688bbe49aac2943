/**
 * The terms of a question as conditions on a row of `trace`.
 *
 * @module
 */

import { markOf } from '../marks.ts'
import { comparison, type MarkTerm, type NumberField, type Query, type Term } from '../query.ts'
import { encodeMark } from '../text.ts'
import type { Value } from './driver.ts'
import { phrase } from './phrase.ts'

/** A piece of SQL, and the values of its parameters in the order in which they stand. */
export interface Condition {
  text: string
  values: Value[]
}

export const COLUMNS: Record<NumberField, string> = {
  latency: 'trace.duration_us',
  firstText: 'trace.first_text_us',
  cost: 'trace.cost_nano',
  tokens: '(trace.input_tokens + trace.output_tokens)',
  steps: 'trace.span_count',
  errors: 'trace.error_count',
}

export function and(conditions: readonly Condition[]): Condition {
  return {
    text: conditions.map(({ text }) => `(${text})`).join(' AND ') || '1',
    values: conditions.flatMap(({ values }) => values),
  }
}

/** @param start The column that has the start of the trace. */
export function during({ fromUs, toUs }: Query, start: string): Condition[] {
  return [
    ...(fromUs === undefined ? [] : [{ text: `${start} >= ?`, values: [fromUs] }]),
    ...(toUs === undefined ? [] : [{ text: `${start} < ?`, values: [toUs] }]),
  ]
}

/** @param isCommon Of a term of words: whether so many texts meet it that they are not listed first. */
export function conditionOf(term: Term, isCommon = false): Condition {
  const { text, values } = positive(term, isCommon)
  return { text: term.not ? `NOT coalesce(${text}, 0)` : text, values }
}

function positive(term: Term, isCommon: boolean): Condition {
  switch (term.field) {
    case 'text':
      return worded(term.words, isCommon)
    case 'trace':
      return {
        text: 'trace.trace_id IN (SELECT value FROM json_each(?))',
        values: [JSON.stringify(term.values)],
      }
    case 'latency':
    case 'firstText':
    case 'cost':
    case 'tokens':
    case 'steps':
    case 'errors':
      return { text: `${COLUMNS[term.field]} ${comparison(term.is)} ?`, values: [term.value] }
    case 'scored':
      return {
        text: `EXISTS (SELECT 1 FROM label
          WHERE label.trace = trace.key AND label.field = 'score' AND label.value BETWEEN ? AND ?
            AND ${AS_NUMBER} ${comparison(term.is)} ?)`,
        values: [
          `${term.key}\n`,
          `${term.key}\n${LAST}`,
          term.key.length + 2,
          term.key.length + 2,
          term.value,
        ],
      }
    default:
      return labelled(term.field, labelValues(term), term.prefix === true)
  }
}

function labelled(field: string, values: readonly string[], prefix: boolean): Condition {
  const isOne = prefix
    ? values.map(() => 'label.value BETWEEN ? AND ?').join(' OR ')
    : `label.value IN (${values.map(() => '?').join(', ')})`
  return {
    text: `EXISTS (SELECT 1 FROM label
      WHERE label.trace = trace.key AND label.field = ? AND (${isOne}))`,
    values: [field, ...(prefix ? values.flatMap((value) => [value, `${value}${LAST}`]) : values)],
  }
}

/** What stands after the name of a score, unless it is a word. */
const AS_NUMBER = `iif(substr(label.value, ?) GLOB '[-0-9]*', CAST(substr(label.value, ?) AS REAL), NULL)`

/** Stands after all that can follow. */
const LAST = '\u{10FFFF}'

export function labelValues(term: MarkTerm): string[] {
  return term.values.map((value) => encodeMark(markOf(term, value)))
}

/** Whether one of the words is the beginning of others. */
export function isOpen(words: readonly string[]): boolean {
  return words.some((word) => word.endsWith('*'))
}

/**
 * Few texts are found first, and then their traces. Where many texts have the words, most traces do, and
 * it is quicker to look into one trace after the other.
 */
function worded(words: readonly string[], isCommon: boolean): Condition {
  const found = 'SELECT rowid / 2 AS key FROM words WHERE words MATCH ?'
  // Each look for the beginning of a word puts together all words that begin so.
  return isCommon && !isOpen(words)
    ? {
        text: `EXISTS (SELECT 1 FROM span WHERE span.trace_id = trace.trace_id AND EXISTS (
          SELECT 1 FROM words WHERE words MATCH ? AND words.rowid BETWEEN 2 * span.key AND 2 * span.key + 1))`,
        values: [phrase(words)],
      }
    : {
        text: `trace.trace_id IN (SELECT span.trace_id FROM (${found}) AS found
          CROSS JOIN span ON span.key = found.key)`,
        values: [phrase(words)],
      }
}
