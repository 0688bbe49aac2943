/**
 * OpenAI Completions, `POST /v1/completions`: a prompt and how it goes on.
 *
 * @see https://platform.openai.com/docs/api-reference/completions
 * @module
 */

import { sse } from '../framing/sse.ts'
import { fields, items, number, string } from '../json.ts'
import type { WireFormat } from './format.ts'
import { readHead, readRequest, readUsage } from './openai.ts'
import { addText, choiceAt, finish } from './reply.ts'
import { openaiStreamUsage } from './stream-usage.ts'

export const openaiCompletions: WireFormat = {
  name: 'openai.completions',
  operation: 'text_completion',
  stream: sse,
  matches: ({ pathname }) =>
    /(?:^|\/(?!chat\/|fim\/|agents\/)[^/]*)\/completions\/?$/.test(pathname),
  accepts(body) {
    const { prompt } = fields(body)
    return typeof prompt === 'string' || Array.isArray(prompt)
  },
  streamUsage: openaiStreamUsage,
  request: readRequest,

  reply(call, payload) {
    const { choices, usage } = readHead(call, payload)
    for (const item of items(choices)) {
      const { index, text, finish_reason } = fields(item)
      const choice = choiceAt(call, number(index) ?? 0)
      addText(call, choice, 'text', 'text', string(text))
      finish(choice, string(finish_reason))
    }
    readUsage(call, usage)
    return undefined
  },
}
