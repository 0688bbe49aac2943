/**
 * What is held in memory where there is much to hold: limits have to hold here.
 *
 * @module
 */

import { drain, memoryOf, open } from './raw.ts'
import type { Column, Scenario } from './scenario.ts'

const COLUMNS: readonly Column[] = [
  { measure: 'peakRssMb', title: 'peak resident', unit: 'MB', compared: true },
  { measure: 'peakHeapMb', title: 'peak heap growth', unit: 'MB', compared: true },
  { measure: 'heldMb', title: 'held afterwards', unit: 'MB', digits: 1 },
  { measure: 'cpuMs', title: 'CPU', unit: 'ms', compared: true },
]

export const manyEvents: Scenario = {
  name: 'many-events',
  title: 'A stream of 200 MB',
  about:
    'About 700,000 events of 300 bytes, read with a plain reader. What is kept is limited to 1 MiB (`capture.maxBytes`).',
  columns: COLUMNS,
  chart: { measure: 'peakRssMb', says: 'peak resident memory', unit: 'MB' },
  level: 'fetch',
  maxRounds: 2,
  inside: (stage) => memoryOf(stage, async () => drain(await open(stage, `flood/${200_000_000}`))),
}

export const oneLine: Scenario = {
  name: 'one-line',
  title: 'A line of 50 MB',
  about: 'A stream with one event of 50 MB, which a parser without a limit would hold whole.',
  columns: COLUMNS,
  chart: { measure: 'peakRssMb', says: 'peak resident memory', unit: 'MB' },
  level: 'fetch',
  maxRounds: 2,
  inside: (stage) => memoryOf(stage, async () => drain(await open(stage, `line/${50_000_000}`))),
}

export const thousand: Scenario = {
  name: 'thousand',
  title: '1,000 streams at once',
  about: 'Each of 60 chunks, one every 40 ms.',
  columns: COLUMNS,
  chart: { measure: 'peakRssMb', says: 'peak resident memory', unit: 'MB' },
  level: 'fetch',
  maxRounds: 1,
  inside: (stage) =>
    memoryOf(stage, () =>
      Promise.all(
        Array.from({ length: 1_000 }, async () => drain(await open(stage, 'stream/60/40'))),
      ),
    ),
}

const STALL_MS = 2_500

export const stalled: Scenario = {
  name: 'stalled',
  title: 'A consumer that stalls',
  about: `What the model could push in ${STALL_MS / 1_000} s to an application that read one chunk and then no more: the connection's own buffers, unless somebody reads ahead.`,
  columns: [
    { measure: 'pushedMb', title: 'pushed', unit: 'MB', digits: 1, compared: true },
    { measure: 'peakRssMb', title: 'peak resident', unit: 'MB', compared: true },
  ],
  level: 'fetch',
  maxRounds: 1,
  async inside(stage) {
    const reader = await open(stage, 'endless')
    await reader.read()
    await new Promise((resolve) => setTimeout(resolve, STALL_MS))
    const pushed = await fetch(stage.modelUrl.replace(/v1$/, 'pushed'))
    const bytes = Number(await pushed.text())
    await reader.cancel()
    await stage.flush()
    return { pushedMb: bytes / 1_000_000, peakRssMb: process.resourceUsage().maxRSS / 1_000 }
  },
}
