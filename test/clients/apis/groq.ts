/**
 * Groq's API: OpenAI's, under `/openai`, with the counts of a stream in its last chunk's `x_groq`.
 *
 * @see https://console.groq.com/docs/api-reference
 * @module
 */

import { fields } from '../../../src/lib/json.ts'
import { CREATED, unnamed, WORDS, type Api, type Asked } from './api.ts'
import { openaiApi } from './openai.ts'

export const groqApi: Api = {
  failure: openaiApi.failure,
  inStream: openaiApi.inStream,

  answer(asked) {
    const path = asked.path.replace(/^\/openai/, '')
    const { stream, tools } = fields(asked.body)
    const streams = path === '/v1/chat/completions' && stream === true && tools === undefined
    return streams ? streamed(asked) : openaiApi.answer({ ...asked, path })
  },
}

const head = {
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: CREATED,
  model: 'llama-3.3-70b-versatile',
}
const usage = {
  queue_time: 0.01,
  prompt_tokens: 40,
  prompt_time: 0.002,
  completion_tokens: 9,
  completion_time: 0.03,
  total_tokens: 49,
  total_time: 0.04,
}

function streamed({ pace }: Asked): Response {
  const chunk = (delta: object, finish_reason: string | null, x_groq?: object) => ({
    ...head,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...(x_groq && { x_groq }),
  })
  const opening = chunk({ role: 'assistant', content: '' }, null, { id: 'req_1' })
  const pieces = WORDS.map((content) => chunk({ content }, null))
  const last = chunk({}, 'stop', { id: 'req_1', usage })
  return unnamed([opening, ...pieces, last, '[DONE]'], pace)
}
