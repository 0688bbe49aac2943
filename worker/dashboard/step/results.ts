/**
 * What a call gave that is no message, in words: so many vectors, images, verdicts.
 *
 * @module
 */

import type { CallFacts } from './call.ts'
import { count, plural } from '../units.ts'

const RESULTS = new Map([
  ['embeddings', 'vector'],
  ['image_generation', 'image'],
  ['moderation', 'verdict'],
  ['ocr', 'page'],
  ['rerank', 'rank'],
  ['speech', 'recording'],
])

/** What models do in words, of which they say why they stopped. */
const WORDS = new Set(['chat', 'text_completion', 'generate_content'])

export function results({ operation, outputs, dimensions }: CallFacts): string | undefined {
  if (outputs === undefined) return undefined
  const found = plural(outputs, RESULTS.get(operation ?? '') ?? 'result')
  return dimensions === undefined ? found : `${found} of ${count(dimensions)} dimensions`
}

/** Whether the call is one that ends for a reason of the model's. */
export function isTalk({ operation }: CallFacts): boolean {
  return operation === undefined || WORDS.has(operation)
}
