/**
 * Mistral's fill in the middle, `POST /v1/fim/completions`: asked with a prompt and a suffix, answered
 * as chat is.
 *
 * @see https://docs.mistral.ai/api/endpoint/fim
 * @module
 */

import { sse } from '../framing/sse.ts'
import { fields, string } from '../json.ts'
import type { WireFormat } from './format.ts'
import { openaiChat } from './openai-chat.ts'
import { readRequest } from './openai.ts'

export const mistralFim: WireFormat = {
  name: 'mistral.fim',
  operation: 'text_completion',
  stream: sse,
  matches: ({ pathname }) => /\/fim\/completions\/?$/.test(pathname),
  accepts(body) {
    const { model, prompt } = fields(body)
    return string(model) !== undefined && string(prompt) !== undefined
  },
  request: readRequest,
  reply: openaiChat.reply,
}
