/**
 * OpenAI Embeddings, `POST /v1/embeddings`. Vectors are counted and measured, never kept.
 *
 * @see https://platform.openai.com/docs/api-reference/embeddings
 * @module
 */

import { fields, type Json } from '../json.ts'
import type { WireFormat } from './format.ts'
import { hasInput, readHead, readInputs, readUsage } from './openai.ts'
import { countVectors } from './vectors.ts'

export const openaiEmbeddings: WireFormat = {
  name: 'openai.embeddings',
  operation: 'embeddings',
  bulk: { over: 256, lists: true },
  matches: ({ pathname }) => /\/embeddings\/?$/.test(pathname),
  accepts: hasInput,
  request: readInputs,

  reply(call, payload) {
    const { data, usage } = readHead(call, payload)
    if (Array.isArray(data)) {
      countVectors(
        call,
        data.map((item: Json) => fields(item).embedding),
      )
    }
    readUsage(call, usage)
    return undefined
  },
}
