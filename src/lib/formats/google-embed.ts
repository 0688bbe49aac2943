/**
 * Google's `embedContent` and `batchEmbedContents`. Vectors are counted and measured, never kept.
 *
 * @see https://ai.google.dev/api/embeddings
 * @module
 */

import { fields, isObject, items } from '../json.ts'
import type { WireFormat } from './format.ts'
import { readCounts } from './google-usage.ts'
import { readRequest } from './google.ts'
import { measure } from './vector.ts'

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
    if (embedding ?? embeddings) call.response.outputCount = vectors.length
    const dimensions = measure(fields(vectors[0]).values)
    if (dimensions) call.response.dimensions = dimensions
    readCounts(call, usageMetadata)
    return undefined
  },
}
