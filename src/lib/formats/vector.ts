/**
 * Vectors: how long one is. Which numbers are in it no record keeps.
 *
 * @module
 */

import { bytesOf, lengthOf } from '../bulk.ts'
import { items, string, type Json } from '../json.ts'

const FLOAT_BYTES = 4

/** Dimensions of a list of numbers, or of their bytes in base64. */
export function measure(vector: Json | undefined): number {
  if (typeof vector === 'string') return Math.floor(bytesOf(vector) / FLOAT_BYTES)
  const numbers = items(vector)
  const count = string(numbers[0])
  return count ? lengthOf(count) : numbers.length
}
