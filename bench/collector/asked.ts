/** Asks a filled store what a dashboard asks, and prints how long it took. */

import type { Store } from '../../worker/store/store.ts'
import { QUESTIONS } from './questions.ts'

const REPEATS = 15

export interface Asked {
  name: string
  /** Milliseconds. */
  median: number
  most: number
}

export async function askAll(store: Store, project: string, size: number): Promise<Asked[]> {
  const all: Asked[] = []
  for (const [name, ask] of QUESTIONS) {
    const times: number[] = []
    let found = 0
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      const start = performance.now()
      found = await ask(store, project, size)
      times.push(performance.now() - start)
    }
    times.sort((one, other) => one - other)
    const [median = 0, most = 0] = [times[REPEATS >> 1], times.at(-1)]
    all.push({ name, median, most })
    console.log(
      `  ${name.padEnd(34)} ${median.toFixed(1).padStart(8)} ms, at most ${most.toFixed(1).padStart(8)} ms  (${found})`,
    )
  }
  return all
}
