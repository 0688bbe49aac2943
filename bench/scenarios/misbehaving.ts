/**
 * What an application notices of a collector that is out of order: the time of its calls, and memory.
 *
 * @module
 */

import { call, quantile, repeat } from './calls.ts'
import { heapMb } from './raw.ts'
import type { Measures, Scenario, Stage } from './scenario.ts'

const CALLS = 3_000

const WAYS = [
  ['down', 'nobody listens'],
  ['hang', 'the collector hangs'],
  ['failing', 'the collector answers 500'],
  ['slow', 'the collector takes 2 s to answer'],
] as const

export const misbehaving: readonly Scenario[] = WAYS.map(([collector, what]) => ({
  name: `app-${collector}`,
  title: `The application, while ${what}`,
  about: `${CALLS.toLocaleString('en')} calls, one after the other: how long one takes, and what the heap has more of afterwards.`,
  columns: [
    { measure: 'p50Ms', title: 'median time', unit: 'ms', digits: 3, compared: true },
    { measure: 'p99Ms', title: 'the slowest in a hundred', unit: 'ms', digits: 2, compared: true },
    { measure: 'heldMb', title: 'held afterwards', unit: 'MB', digits: 1 },
  ],
  collector,
  maxMs: 60_000,
  inside: timeCalls,
}))

async function timeCalls(stage: Stage): Promise<Measures> {
  await repeat(400, 1, () => call(stage, 1_019))
  const before = await heapMb()
  const times: number[] = []
  await repeat(CALLS, 1, async () => {
    const start = performance.now()
    await call(stage, 1_019)
    times.push(performance.now() - start)
  })
  const heldMb = (await heapMb()) - before
  return { p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99), heldMb }
}
