/**
 * What search has to learn, and to forget, of spans that are written.
 *
 * The index is brought up to date later (`tend`): taking words apart is most of the work of a write.
 *
 * @module
 */

import type { Body } from '../merge.ts'
import { wordsIn } from '../words.ts'
import type { Statement } from './driver.ts'
import type { Changed } from './plan.ts'
import { slices } from './slices.ts'
import { sql } from './sql.ts'
import { isOld, type Stored } from './stored.ts'

/** As texts are numbered beside the key of their span. */
const INPUT = 0
const OUTPUT = 1

type Told = [id: string, field: typeof INPUT | typeof OUTPUT, text: string]

export function wordChanges(changed: readonly Changed[]): Statement[] {
  const told: Told[] = changed.flatMap((span) => [...inputWords(span), ...outputWords(span)])
  const forgotten = changed.flatMap(({ before, after }) =>
    before && before.columns.output !== null && after.output === null
      ? [2 * before.columns.key + OUTPUT]
      : [],
  )
  return [...forget(forgotten), ...slices(told).map((rows): Statement => [sql.putUnread, rows])]
}

/** @param numbers Of texts, whether they were read or not. */
export function forget(numbers: readonly number[]): Statement[] {
  const list = JSON.stringify(numbers)
  return numbers.length === 0
    ? []
    : [
        [sql.dropUnread, list],
        [sql.dropWords, list],
      ]
}

/** The numbers of all texts that a span may have. */
export function numbersOf({ key }: { key: number }): number[] {
  return [2 * key + INPUT, 2 * key + OUTPUT]
}

function inputWords({ before, after, known }: Changed): Told[] {
  const value = fresh(known.input)
  if (value === undefined || has(before, 'input', after.input)) return []
  return some(after.id, INPUT, wordsIn(value))
}

/** An error has words as well, and no output of its own. */
function outputWords({ before, after, known }: Changed): Told[] {
  const { error } = known
  const isOther =
    !has(before, 'output', after.output) || before?.known.error?.message !== error?.message
  const value = fresh(known.output)
  if (!isOther || (known.output !== null && value === undefined)) return []
  return some(after.id, OUTPUT, wordsIn(value, error?.type, error?.message))
}

/** Whether the words of a text are in the index already, or soon will be. */
function has(
  before: Stored | undefined,
  field: 'input' | 'output',
  column: string | null,
): boolean {
  return before !== undefined && !isOld(before.columns) && before.columns[field] === column
}

/** What the batch itself says. */
function fresh(body: Body | null) {
  return body && 'value' in body.body ? body.body.value : undefined
}

function some(id: string, field: Told[1], text: string): Told[] {
  return text.trim() === '' ? [] : [[id, field, text]]
}
