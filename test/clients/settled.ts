/**
 * When all is over: also the connections of bodies that a client drops without a word, which runtimes
 * let go of when they have been collected.
 *
 * @module
 */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { SeenRequest } from './apis/runs.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: unknown = runInNewContext('gc')

/** Most connections end by themselves, by then. */
const PATIENT_ROUNDS = 20
/** What is still held after this is held for good. */
const ROUNDS = 28

/** What the server saw, once no connection is open any more that will ever be closed. */
export async function settled(ask: () => Promise<SeenRequest[]>): Promise<SeenRequest[]> {
  for (let round = 0; ; round += 1) {
    const requests = await ask()
    if (round === ROUNDS || requests.every(({ end }) => end !== 'open')) return requests
    if (round > PATIENT_ROUNDS && typeof collectGarbage === 'function') collectGarbage()
  }
}
