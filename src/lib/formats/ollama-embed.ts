/**
 * Ollama's embeddings, `POST /api/embed`, and `/api/embeddings` of old, which takes a prompt.
 *
 * @see https://docs.ollama.com/api/embed
 * @module
 */

import { fields, items } from '../json.ts'
import type { WireFormat } from './format.ts'
import { readRequest, readUsage } from './ollama.ts'
import { countVectors } from './vectors.ts'

export const ollamaEmbed: WireFormat = {
  name: 'ollama.embed',
  operation: 'embeddings',
  bulk: { over: 256, lists: true },
  matches: ({ pathname }) => /\/api\/embed(?:dings)?\/?$/.test(pathname),
  accepts(body) {
    const { model, input, prompt } = fields(body)
    const isText = typeof (prompt ?? input) === 'string' || Array.isArray(input)
    return typeof model === 'string' && isText
  },
  request(call, body) {
    readRequest(call, body)
    const { input } = fields(body)
    call.request.stream = false
    call.request.inputCount = Array.isArray(input) ? input.length : 1
  },

  reply(call, payload) {
    const { model, embeddings, embedding } = fields(payload)
    call.response.model = typeof model === 'string' ? model : undefined
    if ((embeddings ?? embedding) !== undefined)
      countVectors(call, embedding === undefined ? items(embeddings) : [embedding])
    readUsage(call, payload)
    return undefined
  },
}
