/**
 * What a call costs, by its kind.
 *
 * @module
 */

import { call, costOf, MODEL, stream } from './calls.ts'
import type { Column, Scenario } from './scenario.ts'

const PER_CALL: readonly Column[] = [
  { measure: 'cpuUs', title: 'CPU per call', unit: 'µs', compared: true },
  { measure: 'p50Ms', title: 'median time', unit: 'ms', digits: 2, compared: true },
]

export const plain: Scenario = {
  name: 'plain',
  title: 'A call',
  about: 'A reply of 1 KB, one call after the other.',
  columns: PER_CALL,
  chart: { measure: 'cpuUs', says: 'CPU' },
  inside: (stage) => costOf({ times: 1_500, warmUp: 400 }, stage, () => call(stage, 1_019)),
}

export const atOnce: Scenario = {
  name: 'at-once',
  title: '64 calls at once',
  about:
    'A reply of 1 KB, 64 calls at a time. Time waits for the processor here: it is not compared.',
  columns: PER_CALL.slice(0, 1),
  chart: { measure: 'cpuUs', says: 'CPU' },
  inside: (stage) =>
    costOf({ times: 2_560, atOnce: 64, warmUp: 640 }, stage, () => call(stage, 1_019)),
}

export const large: Scenario = {
  name: 'large',
  title: 'A large reply',
  about: 'A reply of 50 KB, 8 calls at a time.',
  columns: PER_CALL.slice(0, 1),
  chart: { measure: 'cpuUs', says: 'CPU' },
  inside: (stage) =>
    costOf({ times: 800, atOnce: 8, warmUp: 160 }, stage, () => call(stage, 51_000)),
}

export const streamed: Scenario = {
  name: 'stream',
  title: 'A streamed reply',
  about: 'Streams of 500 chunks, one after the other, as fast as they come.',
  columns: [{ measure: 'cpuUs', title: 'CPU per chunk', unit: 'µs', digits: 1, compared: true }],
  chart: { measure: 'cpuUs', says: 'CPU' },
  inside: (stage) => costOf({ times: 50, units: 500, warmUp: 8 }, stage, () => stream(stage, 500)),
}

export const embedding: Scenario = {
  name: 'embedding',
  title: 'An embedding',
  about: 'One text, answered with 1,536 numbers, one call after the other.',
  columns: PER_CALL.slice(0, 1),
  chart: { measure: 'cpuUs', says: 'CPU' },
  inside: (stage) =>
    costOf({ times: 600, warmUp: 200 }, stage, () =>
      stage.client.embeddings.create({
        model: 'text-embedding-3-small',
        input: `${MODEL} ${stage.prompt()}`,
        encoding_format: 'float',
      }),
    ),
}
