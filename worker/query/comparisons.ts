/**
 * Terms that compare a number: an amount of a trace, or a score.
 *
 * @module
 */

import { comparison, type NumberField, type Term } from '../store/query.ts'
import { SCORE_NAME } from '../store/score.ts'
import { amountExample, readAmount } from './amounts.ts'
import type { Part } from './words.ts'

/** `>2s`, `1s..3s`, or a number that is met exactly. */
export function readNumber(field: NumberField, { values, not }: Part): readonly Term[] | string {
  const [value] = values
  if (values.length !== 1 || value === undefined) return 'a number has no alternatives'
  const [, from, to] = /^([^.].*?)\.\.(.+)$/.exec(value.text) ?? []
  if (from !== undefined && to !== undefined) {
    if (not) return 'a range cannot be turned around: say it with < or >'
    const [least, most] = [readAmount(field, from), readAmount(field, to)]
    return least === undefined || most === undefined
      ? `a range is from one amount to another, each ${amountExample(field)}`
      : [
          { field, is: '>=', value: least },
          { field, is: '<=', value: most },
        ]
  }
  const [, sign = '', rest = ''] = /^(<=|>=|<|>|=|)(.*)$/s.exec(value.text) ?? []
  const amount = readAmount(field, rest)
  const is = comparison(sign) ?? '='
  return amount === undefined
    ? `“${rest}” is not ${amountExample(field)}`
    : [{ field, is, value: amount, ...(not && { not }) }]
}

/**
 * `score.quality:>0.5`, `score.quality:0..1`.
 *
 * @returns A term, what is wrong with it, or nothing where it compares no number.
 */
export function readScore(
  key: string,
  { values, not }: Part,
): readonly Term[] | string | undefined {
  if (!SCORE_NAME.test(key)) return 'after score. stands a name: a letter, then letters and digits'
  const [value] = values
  const amount = values.length === 1 && value && !value.isQuoted ? value.text : ''
  const number = (text: string) => (NUMBER.test(text) ? Number(text) : undefined)
  const [, from = '', to = ''] = /^(.+?)\.\.(.+)$/.exec(amount) ?? []
  const [least, most] = [number(from), number(to)]
  if (least !== undefined && most !== undefined) {
    if (not) return 'a range cannot be turned around: say it with < or >'
    return [
      { field: 'scored', key, is: '>=', value: least },
      { field: 'scored', key, is: '<=', value: most },
    ]
  }
  const [, sign = '', rest = ''] = /^(<=|>=|<|>|=|)(.*)$/s.exec(amount) ?? []
  const exact = number(rest)
  if (exact !== undefined) {
    return [
      { field: 'scored', key, is: comparison(sign) ?? '=', value: exact, ...(not && { not }) },
    ]
  }
  if (/^[<>]/.test(amount)) return `“${rest}” is not a number such as 0.5`
  return undefined
}

const NUMBER = /^-?\d+(\.\d+)?$/
