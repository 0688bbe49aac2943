/**
 * Google's `countTokens`: how long a prompt would be, for `generateContent`.
 *
 * @see https://ai.google.dev/api/tokens
 * @module
 */

import { fields } from '../json.ts'
import type { WireFormat } from './format.ts'
import { camelCase, readRequest } from './google.ts'
import { addTokenCount } from './token-count.ts'

export const googleCountTokens: WireFormat = {
  name: 'google.count_tokens',
  operation: 'count_tokens',
  matches: ({ pathname }) => /(?::|%3A)countTokens\/?$/i.test(pathname),
  accepts(body) {
    const { contents, generateContentRequest, instances } = camelCase(body)
    return (contents ?? generateContentRequest ?? instances) !== undefined
  },
  request(call, body) {
    readRequest(call, body)
  },

  reply(call, payload) {
    const { totalTokens, cachedContentTokenCount } = fields(payload)
    addTokenCount(call, totalTokens, cachedContentTokenCount)
    return undefined
  },
}
