/**
 * OpenAI's token counting, `POST /v1/responses/input_tokens`: how long a prompt would be.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/input-tokens
 * @module
 */

import { fields, string } from '../json.ts'
import type { WireFormat } from './format.ts'
import { addTokenCount } from './token-count.ts'

export const openaiCountTokens: WireFormat = {
  name: 'openai.count_tokens',
  operation: 'count_tokens',
  matches: ({ pathname }) => /\/responses\/input_tokens\/?$/.test(pathname),
  accepts: (body) => string(fields(body).model) !== undefined,
  request(call, body) {
    call.request.model = string(fields(body).model)
  },

  reply(call, payload) {
    addTokenCount(call, fields(payload).input_tokens)
    return undefined
  },
}
