/**
 * How much memory a record holds, roughly, and much cheaper than writing it out.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'

/** What a record weighs beside the application's own data. */
const ENVELOPE_BYTES = 1_000
/** What a call adds: its facts, and its counts as the provider said them. What it said is the output's text. */
const CALL_BYTES = 2_400
const NODE_BYTES = 16

export function weigh({ input, output, metadata, error, call }: SpanRecord): number {
  const envelope = ENVELOPE_BYTES + (call ? CALL_BYTES : 0)
  return envelope + weight(input) + weight(output) + weight(metadata) + weight(error)
}

function weight(value: unknown): number {
  if (typeof value === 'string') return NODE_BYTES + value.length
  if (typeof value !== 'object' || value === null) return NODE_BYTES
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + key.length + weight(item),
    NODE_BYTES,
  )
}
