/**
 * OpenAI Moderations, `POST /v1/moderations`: a verdict on each input. No tokens are counted.
 *
 * @see https://platform.openai.com/docs/api-reference/moderations
 * @module
 */

import { fields, items } from '../json.ts'
import type { WireFormat } from './format.ts'
import { countInputs, readHead, readRequest, readUsage } from './openai.ts'
import { addOther, choiceAt } from './reply.ts'

export const openaiModerations: WireFormat = {
  name: 'openai.moderations',
  operation: 'moderation',
  matches: ({ pathname }) => /\/moderations\/?$/.test(pathname),
  accepts(body) {
    const { input } = fields(body)
    return typeof input === 'string' || Array.isArray(input)
  },
  request(call, body) {
    readRequest(call, body)
    countInputs(call, body)
  },

  reply(call, payload) {
    const { results, usage } = readHead(call, payload)
    if (Array.isArray(results)) call.response.outputCount = results.length
    items(results).forEach((result, index) =>
      addOther(call, choiceAt(call, 0), index, 'verdict', result),
    )
    readUsage(call, usage)
    return undefined
  },
}
