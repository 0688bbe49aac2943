/**
 * Scores as JSON: in answers, in `metadata.carrot.scores`, and as they are asked for.
 *
 * @module
 */

import { fields, isObject, type Json, string } from '../../src/lib/json.ts'
import {
  MAX_NOTE_CHARS,
  MAX_SCORE_CHARS,
  MAX_SCORES,
  type Score,
  SCORE_NAME,
  type Scores,
  validScores,
} from '../store/score.ts'
import { defined } from './defined.ts'
import { expectText, expectUuid } from './expect.ts'
import { kindOf, Refused } from './refused.ts'
import { readTime, writeTime } from './time.ts'

const MAX_BY_CHARS = 200

export function scoresJson(scores: Scores) {
  return Object.fromEntries(
    Object.entries(validScores(scores)).map(([name, { atMs, ...score }]) => [
      name,
      { ...score, at: writeTime(atMs * 1000) },
    ]),
  )
}

/** Of a record. Each by itself: a strange one is left out. */
export function readScores(value: Json | undefined): Scores | null {
  if (!isObject(value)) return null
  const read = Object.entries(value).flatMap(([name, score]): [string, Score][] => {
    const { value: given, note, by, at } = fields(score)
    const us = readTime(string(at) ?? '')
    if (!SCORE_NAME.test(name) || us === undefined || !isValue(given)) return []
    const [noted, who] = [string(note), string(by)]
    return [
      [
        name,
        defined({
          value: given,
          note: noted?.slice(0, MAX_NOTE_CHARS),
          by: who?.slice(0, MAX_BY_CHARS),
          atMs: us / 1000,
        }),
      ],
    ]
  })
  return read.length === 0 ? null : Object.fromEntries(read.slice(0, MAX_SCORES))
}

function isValue(value: Json | undefined): value is number | string {
  if (typeof value === 'number') return Number.isFinite(value)
  return typeof value === 'string' && value !== '' && value.length <= MAX_SCORE_CHARS
}

export interface ScoreRequest {
  /** The step, or the trace whose first step it is. */
  of: { id: string } | { trace: string }
  name: string
  score: Omit<Score, 'atMs'>
}

const KNOWN = ['id', 'trace_id', 'name', 'value', 'note', 'by']

/** @throws {Refused} */
export function expectScore(body: Json): ScoreRequest {
  if (!isObject(body)) throw new Refused(`the body must be an object, found ${kindOf(body)}`)
  const strange = Object.keys(body).find((key) => !KNOWN.includes(key))
  if (strange !== undefined)
    throw new Refused(`a field is not known; there are ${KNOWN.join(', ')}`)
  const id = expectUuid(body.id, 'id')
  const trace = expectText(body.trace_id, 'trace_id', 36)
  if ((id === null) === (trace === null)) {
    throw new Refused('say what is scored: the `id` of a step, or a `trace_id`')
  }
  return {
    of: id === null ? { trace: trace ?? '' } : { id },
    name: expectName(body.name),
    score: {
      value: expectValue(body.value),
      ...given('note', expectText(body.note, 'note', MAX_NOTE_CHARS)),
      ...given('by', expectText(body.by, 'by', MAX_BY_CHARS)),
    },
  }
}

function expectName(value: Json | undefined): string {
  const name = expectText(value, 'name', 1000)
  if (name === null || !SCORE_NAME.test(name)) {
    throw new Refused('`name` must be a letter, then at most 59 letters, digits, `_`, `.` or `-`')
  }
  return name
}

function expectValue(value: Json | undefined): Score['value'] {
  if (value === null || isValue(value)) return value
  throw new Refused(
    `\`value\` must be a number, a word of at most ${MAX_SCORE_CHARS} characters or, to take the score back, null; found ${value === undefined ? 'nothing' : kindOf(value)}`,
  )
}

function given<Key extends string>(key: Key, text: string | null): Partial<Record<Key, string>> {
  const some: Partial<Record<Key, string>> = {}
  if (text !== null && text !== '') some[key] = text
  return some
}
