/**
 * Two conversations side by side, turn by turn.
 *
 * @module
 */

import type { Said } from '../chat/spoken.ts'
import { type Effort, type Pair, paired } from './sequence.ts'

/** The same first, then of what is left between two of those by who said it. */
export function pairTurns(a: readonly Said[], b: readonly Said[], effort: Effort): Pair<Said>[] {
  const { pairs } = paired(a, b, ({ who, text }) => `${who}\n${text}`, effort)
  const all: Pair<Said>[] = []
  let [aloneA, aloneB]: [Said[], Said[]] = [[], []]
  const settle = () => {
    all.push(...paired(aloneA, aloneB, ({ who }) => who, effort).pairs)
    aloneA = []
    aloneB = []
  }
  for (const pair of pairs) {
    if (pair.a && pair.b) {
      settle()
      all.push(pair)
    } else if (pair.a) aloneA.push(pair.a)
    else if (pair.b) aloneB.push(pair.b)
  }
  settle()
  return all
}
