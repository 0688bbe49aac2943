/**
 * A fuzzer that is guided by coverage: what reaches a block that nothing has reached is kept, and changed
 * further. `node test/fuzz/fuzz.ts 600` does so for ten minutes, and says what came of it.
 *
 * V8 tells coverage for all that ran since it was last asked, and asking is slow: inputs run in groups, and
 * one by one where a group has reached something.
 *
 * @module
 */

import { watchCoverage, type Coverage } from './coverage.ts'
import { mutated, randomFrom } from './mutate.ts'
import { seeds } from './subjects.ts'
import { fuzz } from './target.ts'

const GROUP = 64
const MAX_FAILURES = 20
const SAY_EVERY_MS = 60_000

export interface Outcome {
  executions: number
  /** What is kept to be changed further; those to begin with among them. */
  kept: number
  /** Blocks of code that ran: by the inputs to begin with, and by all. */
  blocks: { begun: number; ended: number }
  /** Each with the input that brings it about. */
  failures: Map<string, Uint8Array>
}

/** @param goesOn Asked before each group. */
export async function search(
  seed: number,
  coverage: Coverage,
  goesOn: (so: Outcome) => boolean,
): Promise<Outcome> {
  const random = randomFrom(seed)
  const kept = seeds()
  const outcome: Outcome = {
    executions: 0,
    kept: 0,
    blocks: { begun: 0, ended: 0 },
    failures: new Map(),
  }
  const any = () => kept[Math.floor(random() * kept.length)] ?? new Uint8Array()
  const known = new Set<string>()
  for (const each of kept) await tried(each)
  for (const block of await coverage()) known.add(block)
  outcome.blocks = { begun: known.size, ended: known.size }

  while (goesOn(outcome) && outcome.failures.size < MAX_FAILURES) {
    const group = Array.from({ length: GROUP }, () => mutated(any(), any(), random))
    for (const each of group) await tried(each)
    const unknown = [...(await coverage())].filter((block) => !known.has(block))
    if (unknown.length > 0) kept.push(...(await reaching(unknown, group)))
    outcome.kept = kept.length
    outcome.blocks.ended = known.size
  }
  return outcome

  async function tried(bytes: Uint8Array): Promise<void> {
    outcome.executions += 1
    try {
      await fuzz(bytes)
    } catch (error) {
      const what = error instanceof Error ? `${error.stack}` : String(error)
      outcome.failures.set(what.split('\n').slice(0, 3).join('\n'), bytes)
    }
  }

  /** Those of a group that reach one of these blocks first. */
  async function reaching(
    blocks: readonly string[],
    group: readonly Uint8Array[],
  ): Promise<Uint8Array[]> {
    const found: Uint8Array[] = []
    for (const each of group) {
      await tried(each)
      const covered = await coverage()
      const reached = blocks.filter((block) => covered.has(block) && !known.has(block))
      if (reached.length > 0) found.push(each)
      for (const block of reached) known.add(block)
    }
    for (const block of blocks) known.add(block) // what needed the whole group is reached by none
    return found
  }
}

if (import.meta.main) {
  const ms = Number(process.argv[2] ?? 60) * 1_000
  const seed = Number(process.argv[3] ?? 1)
  const coverage = await watchCoverage(new URL('../../src/', import.meta.url).href)
  const begun = performance.now()
  let said = begun
  const { failures, ...outcome } = await search(seed, coverage, (so) => {
    const now = performance.now()
    if (now - said > SAY_EVERY_MS) {
      said = now
      console.log(JSON.stringify({ ...so, failures: so.failures.size }))
    }
    return now - begun < ms
  })
  console.log(JSON.stringify(outcome))
  for (const [what, bytes] of failures)
    console.log(`${what}\n${Buffer.from(bytes).toString('base64').slice(0, 2_000)}`)
  process.exitCode = failures.size > 0 ? 1 : 0
}
