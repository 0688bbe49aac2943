/**
 * Amazon Bedrock's CountTokens, `POST /model/{model}/count-tokens`: how long a prompt would be.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html
 * @module
 */

import { fields, isObject } from '../json.ts'
import { isOperation, readAddress } from './bedrock.ts'
import type { WireFormat } from './format.ts'
import { addTokenCount } from './token-count.ts'

export const bedrockCountTokens: WireFormat = {
  name: 'bedrock.count_tokens',
  operation: 'count_tokens',
  matches: ({ pathname }) => isOperation(pathname, 'count-tokens'),
  accepts: (body) => isObject(fields(body).input),
  request: readAddress,

  reply(call, payload) {
    addTokenCount(call, fields(payload).inputTokens)
    return undefined
  },
}
