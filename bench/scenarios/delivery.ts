/**
 * What arrives, in what form, and what happens when it cannot.
 *
 * @module
 */

import { call, repeat } from './calls.ts'
import { heapMb } from './raw.ts'
import type { Measures, Scenario, Stage } from './scenario.ts'

export const wire: Scenario = {
  name: 'wire',
  title: 'On the wire',
  about: '1,000 calls, 16 at a time, then a flush. Request and reply of one are 1.7 KB of JSON.',
  columns: [
    { measure: 'arrived', title: 'arrived of 1,000', recorded: true },
    { measure: 'requests', title: 'requests' },
    { measure: 'bytesEach', title: 'bytes a call' },
  ],
  without: ['bare', 'bare-6'],
  maxRounds: 1,
  async inside(stage) {
    await repeat(1_000, 16, () => call(stage, 1_019))
    await stage.flush()
    return {}
  },
}

export const naturalExit: Scenario = {
  name: 'exit',
  title: 'A process that ends by itself',
  about: '50 calls, and no flush: how many arrive, and how long the process takes to end.',
  columns: [
    { measure: 'arrived', title: 'arrived of 50', recorded: true },
    { measure: 'exitMs', title: 'until it has ended', unit: 'ms', compared: true },
  ],
  endsByItself: true,
  async inside(stage) {
    await repeat(50, 4, () => call(stage, 1_019))
    return {}
  },
}

export const hanging: Scenario = {
  name: 'hanging',
  title: 'A collector that hangs',
  about: 'It takes requests and never answers: heap held after 3,000 calls, and after 15,000.',
  columns: [
    { measure: 'held3000', title: 'held after 3,000', unit: 'MB', digits: 1 },
    { measure: 'held15000', title: 'after 15,000', unit: 'MB', digits: 1 },
  ],
  collector: 'hang',
  without: ['bare', 'bare-6'],
  maxRounds: 1,
  maxMs: 60_000,
  async inside(stage) {
    await repeat(200, 16, () => call(stage, 1_019))
    const before = await heapMb()
    await repeat(3_000, 16, () => call(stage, 1_019))
    const held3000 = (await heapMb()) - before
    await repeat(12_000, 16, () => call(stage, 1_019))
    return { held3000, held15000: (await heapMb()) - before }
  },
}

const FLUSH_LIMIT_MS = 12_000

/** 100 calls, then a flush against a collector that is out of order in this way. */
function flushAgainst(collector: 'down' | 'failing' | 'hang', title: string): Scenario {
  return {
    name: `flush-${collector}`,
    title,
    about: `100 calls, then a flush, waited for ${FLUSH_LIMIT_MS / 1_000} s at most.`,
    columns: [
      { measure: 'settledMs', title: 'settled after', unit: 'ms' },
      { measure: 'said', title: 'said' },
    ],
    collector,
    without: ['bare', 'bare-6', 'floor'],
    maxRounds: 1,
    maxMs: 30_000,
    inside: timeFlush,
  }
}

export const flushDown: Scenario = flushAgainst('down', 'flush(), and nobody listens')
export const flushFailing: Scenario = flushAgainst(
  'failing',
  'flush(), and the collector answers 500',
)
export const flushHanging: Scenario = flushAgainst('hang', 'flush(), and the collector hangs')

async function timeFlush(stage: Stage): Promise<Measures> {
  await repeat(100, 8, () => call(stage, 1_019))
  const start = performance.now()
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, FLUSH_LIMIT_MS, 'nothing yet')
  })
  const said = stage.flush().then(
    (value) => (value === undefined ? 'nothing' : JSON.stringify(value)),
    (error: unknown) => `rejected: ${error instanceof Error ? error.message : String(error)}`,
  )
  const first = await Promise.race([said, limit])
  clearTimeout(timer)
  return { settledMs: performance.now() - start, said: first.slice(0, 120) }
}
