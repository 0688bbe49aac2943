/**
 * Cohere's embeddings, `POST /v2/embed`, and `/v1/embed`, which answers alike. Vectors come in lists
 * by their type, or in one.
 *
 * @see https://docs.cohere.com/v2/reference/embed
 * @module
 */

import { fields, isObject, items, string } from '../json.ts'
import { readUsage } from './cohere.ts'
import type { WireFormat } from './format.ts'
import { params } from './params.ts'
import { countVectors } from './vectors.ts'

/** Packed as bits, eight to a number. */
const PACKED = 8

export const cohereEmbed: WireFormat = {
  name: 'cohere.embed',
  operation: 'embeddings',
  bulk: { over: 256, lists: true },
  matches: ({ pathname }) => /\/v[12]\/embed\/?$/.test(pathname),
  accepts(body) {
    const { model, texts, images, inputs } = fields(body)
    return typeof model === 'string' && Array.isArray(texts ?? images ?? inputs)
  },

  request(call, body) {
    const { model, texts, images, inputs, output_dimension, embedding_types } = fields(body)
    call.request.model = string(model)
    call.request.inputCount = [texts, images, inputs].flatMap(items).length
    call.request.params = params({
      dimensions: output_dimension,
      encodingFormat: items(embedding_types)[0],
    })
  },

  reply(call, payload) {
    const { id, embeddings, meta } = fields(payload)
    call.response.id = string(id)
    const lists = Object.entries(isObject(embeddings) ? embeddings : { float: embeddings })
    const [type = '', vectors] = lists.find(([, list]) => Array.isArray(list)) ?? []
    if (vectors !== undefined)
      countVectors(call, items(vectors), type.endsWith('binary') ? PACKED : 1)
    readUsage(call, meta)
    return undefined
  },
}
