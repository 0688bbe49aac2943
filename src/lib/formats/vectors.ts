/**
 * Vectors are counted and measured, never kept.
 *
 * @module
 */

import { bytesOf, lengthOf } from '../bulk.ts'
import { items, string, type Json } from '../json.ts'
import type { ModelCall } from '../model-call.ts'

const FLOAT_BYTES = 4

/**
 * Writes how many vectors there are, and of how many dimensions.
 *
 * @param perNumber How many dimensions stand in one number, where they are packed as bits.
 */
export function countVectors(
  call: ModelCall,
  vectors: readonly (Json | undefined)[],
  perNumber = 1,
): void {
  call.response.outputCount = vectors.length
  const dimensions = measure(vectors[0]) * perNumber
  if (dimensions) call.response.dimensions = dimensions
}

/** A list of numbers, or their bytes in base64. */
function measure(vector: Json | undefined): number {
  if (typeof vector === 'string') return Math.floor(bytesOf(vector) / FLOAT_BYTES)
  const numbers = items(vector)
  const count = string(numbers[0])
  return count ? lengthOf(count) : numbers.length
}
