/**
 * Every scenario, in the order of the report.
 *
 * @module
 */

import { atOnce, embedding, large, plain, streamed } from './cost.ts'
import { flushDown, flushFailing, flushHanging, hanging, naturalExit, wire } from './delivery.ts'
import { conversations } from './conversation.ts'
import { firstChunk, firstChunkInCompany } from './first-chunk.ts'
import { manyEvents, oneLine, stalled, thousand } from './memory.ts'
import { importing, size } from './program.ts'
import { misbehaving } from './misbehaving.ts'
import type { Scenario } from './scenario.ts'
import { workers } from './workerd.ts'

export const scenarios: readonly Scenario[] = [
  plain,
  atOnce,
  large,
  streamed,
  embedding,
  firstChunk,
  firstChunkInCompany,
  manyEvents,
  oneLine,
  thousand,
  stalled,
  wire,
  ...conversations,
  naturalExit,
  ...misbehaving,
  hanging,
  flushDown,
  flushFailing,
  flushHanging,
  importing,
  size,
  workers,
]
