/**
 * OpenAI Moderations, `POST /v1/moderations`: a verdict on each input. No tokens are counted.
 *
 * @see https://platform.openai.com/docs/api-reference/moderations
 * @module
 */

import { items } from '../json.ts'
import type { WireFormat } from './format.ts'
import { hasInput, readHead, readInputs, readUsage } from './openai.ts'
import { addOther, choiceAt } from './reply.ts'

export const openaiModerations: WireFormat = {
  name: 'openai.moderations',
  operation: 'moderation',
  matches: ({ pathname }) => /\/moderations\/?$/.test(pathname),
  accepts: hasInput,
  request: readInputs,

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
