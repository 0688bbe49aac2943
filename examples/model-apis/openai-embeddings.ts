/**
 * OpenAI Embeddings: texts with words in common are near each other, as with a model that reads.
 *
 * @see https://platform.openai.com/docs/api-reference/embeddings
 * @module
 */

import { countTokens, failure, wordsOf } from './reply.ts'

const DIMENSIONS = 64

export function openaiEmbeddings(body: unknown): Response {
  if (!isEmbeddings(body))
    return failure(400, 'invalid_request_error', "Missing required parameter: 'input'.")
  const texts = [body.input].flat().map(wordsOf)
  const tokens = countTokens(texts.join(''))
  return Response.json({
    object: 'list',
    model: body.model,
    data: texts.map((text, index) => ({
      object: 'embedding',
      index,
      embedding: body.encoding_format === 'base64' ? base64(vectorOf(text)) : vectorOf(text),
    })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  })
}

/** Counts words by a number that their letters give, and makes the whole as long as 1. */
function vectorOf(text: string): number[] {
  const counts = Array.from({ length: DIMENSIONS }, () => 0)
  for (const word of text.toLowerCase().match(/[a-z]{4,}/g) ?? []) {
    let place = 0
    for (const letter of word.slice(0, 6)) place = (place * 31 + letter.charCodeAt(0)) % DIMENSIONS
    counts[place] = (counts[place] ?? 0) + 1
  }
  const length = Math.hypot(...counts) || 1
  return counts.map((count) => count / length)
}

function base64(vector: readonly number[]): string {
  return btoa(String.fromCharCode(...new Uint8Array(new Float32Array(vector).buffer)))
}

function isEmbeddings(body: unknown): body is {
  model: string
  input: unknown
  encoding_format?: string
} {
  return typeof body === 'object' && body !== null && 'model' in body && 'input' in body
}
