/**
 * Anthropic's token counting, `POST /v1/messages/count_tokens`: how long a prompt would be;
 * on Vertex AI `count-tokens:rawPredict`, whose body names the model as well.
 *
 * @see https://docs.anthropic.com/en/api/messages-count-tokens
 * @module
 */

import { fields, string } from '../json.ts'
import type { WireFormat } from './format.ts'
import { addTokenCount } from './token-count.ts'

export const anthropicCountTokens: WireFormat = {
  name: 'anthropic.count_tokens',
  operation: 'count_tokens',
  matches: ({ pathname }) =>
    /\/v1\/messages\/count_tokens\/?$|\/count-tokens(?::|%3A)rawPredict\/?$/i.test(pathname),
  accepts(body) {
    const { model, messages } = fields(body)
    return Array.isArray(messages) && string(model) !== undefined
  },
  request(call, body) {
    call.request.model = string(fields(body).model)
  },

  reply(call, payload) {
    addTokenCount(call, fields(payload).input_tokens)
    return undefined
  },
}
