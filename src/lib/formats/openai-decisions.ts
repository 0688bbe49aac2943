/**
 * OpenAI Decisions, `POST /v1/decisions`: an answer to each of several questions, with its probability.
 *
 * @see https://platform.openai.com/docs/api-reference/decisions
 * @module
 */

import { fields, items, string } from '../json.ts'
import type { WireFormat } from './format.ts'
import { readHead, readRequest, readUsage } from './openai.ts'
import { addOther, choiceAt } from './reply.ts'

export const openaiDecisions: WireFormat = {
  name: 'openai.decisions',
  operation: 'decision',
  matches: ({ pathname }) => /\/decisions\/?$/.test(pathname),
  accepts(body) {
    const { model, questions } = fields(body)
    return string(model) !== undefined && Array.isArray(questions)
  },
  request(call, body) {
    readRequest(call, body)
    call.request.inputCount = items(fields(body).questions).length
  },

  reply(call, payload) {
    const { answers, usage } = readHead(call, payload)
    if (Array.isArray(answers)) call.response.outputCount = answers.length
    items(answers).forEach((answer, index) =>
      addOther(call, choiceAt(call, 0), index, 'answer', answer),
    )
    readUsage(call, usage)
    return undefined
  },
}
