/**
 * Scores as they stand beside tags: each leads to the traces that have the same.
 *
 * @module
 */

import { quote } from '../../query/words.ts'
import { type Scores as Given, validScores } from '../../store/score.ts'
import type { ShownScore } from '../../store/store.ts'
import { ALL, type Filters } from '../list/filters.ts'
import { listAddress, withTerm } from '../list/list-address.ts'
import { Text } from './text.tsx'

export function Scores({
  scores,
  filters = ALL,
}: {
  scores: readonly ShownScore[]
  filters?: Filters
}) {
  if (scores.length === 0) return <></>
  return (
    <span class="tags">
      {scores.map(({ name, value }) => (
        <a class="tag score" href={listAddress(withTerm(filters, `score.${name}:${quote(value)}`))}>
          {name} <b>{value ? <Text text={value} /> : 'none'}</b>
        </a>
      ))}
    </span>
  )
}

export function shownScores(scores: Given): ShownScore[] {
  return Object.entries(validScores(scores)).map(([name, { value }]) => ({
    name,
    value: String(value),
  }))
}
