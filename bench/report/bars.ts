/**
 * What carrot-trace is held to, and whether it holds.
 *
 * Set from what the floor and the best of its peers were measured at, before it was.
 *
 * @module
 */

import type { Results } from '../results.ts'
import { scenarios } from '../scenarios/all.ts'
import { summarise, unrecorded, type Summary } from './statistics.ts'

interface Bar {
  scenario: string
  measure: string
  says: string
  /** Which side of the measure counts. */
  of: 'value' | 'added' | 'ofBare' | 'ofFloor'
  atMost?: number
  atLeast?: number
}

const BARS: readonly Bar[] = [
  { scenario: 'plain', measure: 'cpuUs', says: 'CPU of a call, × bare', of: 'ofBare', atMost: 1.2 },
  {
    scenario: 'plain',
    measure: 'p50Ms',
    says: 'its median time, × bare',
    of: 'ofBare',
    atMost: 1.25,
  },
  {
    scenario: 'at-once',
    measure: 'cpuUs',
    says: 'CPU of a call among 64, × bare',
    of: 'ofBare',
    atMost: 1.4,
  },
  {
    scenario: 'large',
    measure: 'cpuUs',
    says: 'CPU of a reply of 50 KB, × bare',
    of: 'ofBare',
    atMost: 1.95,
  },
  {
    scenario: 'stream',
    measure: 'cpuUs',
    says: 'CPU of a streamed chunk, × bare',
    of: 'ofBare',
    atMost: 1.3,
  },
  {
    scenario: 'embedding',
    measure: 'cpuUs',
    says: 'CPU of an embedding, × bare',
    of: 'ofBare',
    atMost: 1.25,
  },
  {
    scenario: 'first-chunk',
    measure: 'clientMs',
    says: 'time to the first chunk, × bare',
    of: 'ofBare',
    atMost: 1.2,
  },
  {
    scenario: 'first-chunk',
    measure: 'fetchMs',
    says: 'the same without a client, × bare',
    of: 'ofBare',
    atMost: 1.2,
  },
  {
    scenario: 'many-events',
    measure: 'cpuMs',
    says: 'CPU of a stream of 200 MB, × bare',
    of: 'ofBare',
    atMost: 1.4,
  },
  {
    scenario: 'many-events',
    measure: 'peakHeapMb',
    says: 'its peak heap growth, MB',
    of: 'value',
    atMost: 64,
  },
  {
    scenario: 'one-line',
    measure: 'peakHeapMb',
    says: 'peak heap growth of a line of 50 MB, MB',
    of: 'value',
    atMost: 64,
  },
  {
    scenario: 'stalled',
    measure: 'pushedMb',
    says: 'pushed to a stalled consumer, × bare',
    of: 'ofBare',
    atMost: 1.2,
  },
  {
    scenario: 'wire',
    measure: 'requests',
    says: 'requests for 1,000 calls',
    of: 'value',
    atMost: 20,
  },
  {
    scenario: 'wire',
    measure: 'bytesEach',
    says: 'bytes of a record, × floor',
    of: 'ofFloor',
    atMost: 1.1,
  },
  {
    scenario: 'exit',
    measure: 'arrived',
    says: 'arrived of 50 when a process ends by itself',
    of: 'value',
    atLeast: 50,
  },
  {
    scenario: 'exit',
    measure: 'exitMs',
    says: 'end of the process later by, ms',
    of: 'added',
    atMost: 300,
  },
  {
    scenario: 'hanging',
    measure: 'held15000',
    says: 'held while a collector hangs, after 15,000 calls, MB',
    of: 'value',
    atMost: 16,
  },
  {
    scenario: 'flush-down',
    measure: 'settledMs',
    says: 'flush() with nobody there, ms',
    of: 'value',
    atMost: 5_100,
  },
  {
    scenario: 'flush-hang',
    measure: 'settledMs',
    says: 'flush() with a collector that hangs, ms',
    of: 'value',
    atMost: 5_100,
  },
  {
    scenario: 'import',
    measure: 'cpuMs',
    says: 'CPU of a process that imports it, × bare',
    of: 'ofBare',
    atMost: 1.15,
  },
  {
    scenario: 'import',
    measure: 'peakRssMb',
    says: 'resident memory of it, more by MB',
    of: 'added',
    atMost: 4,
  },
  {
    scenario: 'size',
    measure: 'neutral',
    says: 'size added to an application, KB gzipped',
    of: 'value',
    atMost: 15,
  },
  {
    scenario: 'workerd',
    measure: 'cpuUs',
    says: 'CPU of a request in workerd, × bare',
    of: 'ofBare',
    atMost: 1.5,
  },
  {
    scenario: 'workerd',
    measure: 'delivered',
    says: 'arrived of 400 from workerd',
    of: 'value',
    atLeast: 400,
  },
  {
    scenario: 'workerd',
    measure: 'withoutNode',
    says: 'the same without Node compatibility',
    of: 'value',
    atLeast: 400,
  },
  {
    scenario: 'workerd',
    measure: 'requestsEach',
    says: 'sent per request there',
    of: 'value',
    atMost: 1,
  },
]

export interface Verdict {
  says: string
  bar: string
  measured: string
  holds: boolean
}

export function verdicts(results: Results): Verdict[] {
  return BARS.flatMap(({ scenario, measure, says, of, atMost, atLeast }) => {
    const summary = summarise(results, scenario, 'carrot', measure)
    const value = summary && pick(summary, of)
    if (value === undefined || !scenarios.some(({ name }) => name === scenario)) return []
    const lost = of === 'ofBare' ? unrecorded(results.runs[scenario]?.carrot?.at(-1)) : 0
    const holds = value <= (atMost ?? Infinity) && value >= (atLeast ?? -Infinity) && lost === 0
    const bar = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`
    const measured = Number(value.toPrecision(3)).toLocaleString('en')
    return [{ says, bar, measured: lost ? `${measured}, not recorded` : measured, holds }]
  })
}

function pick(summary: Summary, of: Bar['of']): number | undefined {
  return summary[of]?.median
}
