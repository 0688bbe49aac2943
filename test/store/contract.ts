/**
 * What every store promises, whatever engine it runs on.
 *
 * The parts are in files of their own; a runner calls this with a store of its engine. Each test
 * has a project of its own, so one store serves all of them.
 */

import { describe } from 'vitest'
import type { Store } from '../../worker/store/store.ts'
import { bodiesContract } from './contract-bodies.ts'
import { familyContract } from './contract-family.ts'
import { listContract } from './contract-list.ts'
import { mergeContract } from './contract-merge.ts'
import { orderContract } from './contract-order.ts'
import { removalContract } from './contract-removal.ts'
import { scoresContract } from './contract-scores.ts'
import { sessionsContract } from './contract-sessions.ts'
import { sumsContract } from './contract-sums.ts'
import { summaryContract } from './contract-summary.ts'
import { termsContract } from './contract-terms.ts'

export interface Subject {
  store: Store
  /** A project that no other test uses. */
  project: string
}

/** @param runs How many stories of each kind are made up. */
export function storeContract(engine: string, openStore: () => Store, runs: number): void {
  const subject = (): Subject => ({ store: openStore(), project: `test-${crypto.randomUUID()}` })

  describe(engine, () => {
    mergeContract(subject)
    orderContract(subject, runs)
    bodiesContract(subject)
    familyContract(subject, runs)
    summaryContract(subject)
    listContract(subject)
    termsContract(subject)
    sumsContract(subject)
    sessionsContract(subject)
    scoresContract(subject)
    removalContract(subject)
  })
}
