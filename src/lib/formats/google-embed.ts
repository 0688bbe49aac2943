/**
 * Google's `embedContent` and `batchEmbedContents`. Vectors are counted and measured, never kept.
 *
 * @see https://ai.google.dev/api/embeddings
 * @module
 */

import { fields, isObject, items, type Json } from '../json.ts'
import type { WireFormat } from './format.ts'
import { readCounts } from './google-usage.ts'
import { readRequest } from './google.ts'
import { countVectors } from './vectors.ts'

export const googleEmbed: WireFormat = {
  name: 'google.embed',
  operation: 'embeddings',
  bulk: { over: 256, lists: true },
  matches: ({ pathname }) => /(?::|%3A)(?:embedContent|batchEmbedContents)\/?$/i.test(pathname),
  accepts(body) {
    const { content, requests } = fields(body)
    return isObject(content) || Array.isArray(requests)
  },
  request(call, body) {
    const { requests } = readRequest(call, body)
    call.request.inputCount = Array.isArray(requests) ? requests.length : 1
  },

  reply(call, payload) {
    const { embedding, embeddings, usageMetadata } = fields(payload)
    const vectors = isObject(embedding) ? [embedding] : items(embeddings)
    if (embedding ?? embeddings) {
      countVectors(
        call,
        vectors.map((vector: Json) => fields(vector).values),
      )
    }
    readCounts(call, usageMetadata)
    return undefined
  },
}
