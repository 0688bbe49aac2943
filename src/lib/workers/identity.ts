/**
 * Ids that are the same whenever they are asked for: of a workflow, which is run again from its beginning
 * each time that it has slept.
 *
 * @module
 */

import { spanIdOf, traceIdOf } from '../ids.ts'
import type { TraceIds } from '../record.ts'
import type { Core } from '../tracer/span.ts'

/** Who a record is that this text alone tells from others, inside of another one or not. */
export function identityOf(
  { sampling }: Core,
  seed: string,
  parent: TraceIds | undefined,
): { id: string; trace: TraceIds } {
  const id = uuidOf(seed)
  const { traceId = traceIdOf(id), spanId: parentSpanId, sampled } = parent ?? {}
  return {
    id,
    trace: {
      traceId,
      spanId: spanIdOf(id),
      ...(parentSpanId && { parentSpanId }),
      sampled: sampling.isSampled(traceId, sampled),
    },
  }
}

/** A UUID made of the text alone (version 8, for ids of one's own making). */
export function uuidOf(text: string): string {
  const hex = SEEDS.map((seed) => hash(text, seed)).join('')
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) & 3]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}

const SEEDS = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f]

/** FNV-1a, and the last step of MurmurHash3, so that texts which differ little differ everywhere. */
function hash(text: string, seed: number): string {
  let state = seed
  for (let at = 0; at < text.length; at += 1) {
    state = Math.imul(state ^ text.charCodeAt(at), 0x01000193)
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return ((state ^ (state >>> 16)) >>> 0).toString(16).padStart(8, '0')
}
