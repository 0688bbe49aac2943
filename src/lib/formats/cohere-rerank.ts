/**
 * Cohere's reranking, `POST /v2/rerank` and `/v1/rerank`, and those who speak it: documents in the
 * order in which they answer a query. Kept are their places and scores, not the documents again.
 *
 * @see https://docs.cohere.com/v2/reference/rerank
 * @module
 */

import { fields, items, string } from '../json.ts'
import { readUsage } from './cohere.ts'
import type { WireFormat } from './format.ts'
import { addOther, choiceAt } from './reply.ts'

export const cohereRerank: WireFormat = {
  name: 'cohere.rerank',
  operation: 'rerank',
  matches: ({ pathname }) => /\/v[12]\/rerank\/?$/.test(pathname),
  accepts(body) {
    const { model, query, documents } = fields(body)
    return typeof model === 'string' && typeof query === 'string' && Array.isArray(documents)
  },

  request(call, body) {
    const { model, documents } = fields(body)
    call.request.model = string(model)
    call.request.inputCount = items(documents).length
  },

  reply(call, payload) {
    const { id, results, meta } = fields(payload)
    call.response.id = string(id)
    if (Array.isArray(results)) {
      call.response.outputCount = results.length
      const ranked = items(results).map((result) => {
        const { index = null, relevance_score = null } = fields(result)
        return { index, relevance_score }
      })
      addOther(call, choiceAt(call, 0), 0, 'ranking', { type: 'ranking', results: ranked })
    }
    readUsage(call, meta)
    return undefined
  },
}
