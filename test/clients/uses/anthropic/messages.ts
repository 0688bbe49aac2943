/**
 * Messages with Anthropic's client, beside what all clients of its kind do.
 *
 * @module
 */

import { collected } from '../../seen.ts'
import { call, type Use } from '../../use.ts'
import { anthropic, messagesCall, request, search, streamed } from './client.ts'

export const messagesUses: readonly Use[] = [
  {
    name: 'a tool call, and its result',
    calls: [messagesCall, messagesCall],
    async run(link) {
      const client = anthropic(link)
      const asked = await client.messages.create({ ...request, tools: [search] })
      const results = asked.content.flatMap((block) =>
        block.type === 'tool_use'
          ? [{ type: 'tool_result' as const, tool_use_id: block.id, content: 'Nothing' }]
          : [],
      )
      const messages = [
        ...request.messages,
        { role: 'assistant' as const, content: asked.content },
        { role: 'user' as const, content: results },
      ]
      return [asked, await client.messages.create({ ...request, messages, tools: [search] })]
    },
  },
  {
    name: 'stream, of a tool call',
    calls: [messagesCall],
    run: async (link) =>
      collected(anthropic(link).messages.create({ ...streamed, tools: [search] })),
  },
  {
    name: 'countTokens',
    calls: [call('anthropic.count_tokens', { tokens: false })],
    run: async (link) =>
      anthropic(link).messages.countTokens({ model: request.model, messages: request.messages }),
  },
]
