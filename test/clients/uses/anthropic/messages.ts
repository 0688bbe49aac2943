/**
 * Messages with Anthropic's client: whole, streamed, with tools, and what goes wrong.
 *
 * @module
 */

import { collected, first, headOf, thrown } from '../../seen.ts'
import { call, type Use } from '../../use.ts'
import { anthropic, messagesCall, request, search, streamed, uncounted } from './client.ts'

export const messagesUses: readonly Use[] = [
  {
    name: 'create',
    calls: [messagesCall],
    run: async (link) => anthropic(link).messages.create(request),
  },
  {
    name: 'withResponse',
    calls: [messagesCall],
    async run(link) {
      const promise = anthropic(link).messages.create(request)
      const { data, response, request_id } = await promise.withResponse()
      return { data, request_id, head: headOf(response) }
    },
  },
  {
    name: 'asResponse',
    calls: [messagesCall],
    async run(link) {
      const response = await anthropic(link).messages.create(request).asResponse()
      return { head: headOf(response), text: await response.text() }
    },
  },
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
    name: 'stream',
    calls: [messagesCall],
    run: async (link) => collected(anthropic(link).messages.create(streamed)),
  },
  {
    name: 'stream, of a tool call',
    calls: [messagesCall],
    run: async (link) =>
      collected(anthropic(link).messages.create({ ...streamed, tools: [search] })),
  },
  {
    name: 'stream, left early by break',
    calls: [messagesCall],
    run: async (link) => first(4, anthropic(link, 'stall-5').messages.create(streamed)),
  },
  {
    name: 'stream, split by tee',
    calls: [messagesCall],
    async run(link) {
      const stream = await anthropic(link).messages.create(streamed)
      const [one, other] = stream.tee()
      const events = await collected(one)
      return { events, again: await collected(other) }
    },
  },
  {
    name: 'stream, handed on by toReadableStream',
    calls: [messagesCall],
    async run(link) {
      const stream = await anthropic(link).messages.create(streamed)
      return new Response(stream.toReadableStream()).text()
    },
  },
  {
    name: 'stream, cut off by the network',
    calls: [messagesCall],
    run: async (link) => collected(anthropic(link, 'cut-5').messages.create(streamed)),
  },
  {
    name: 'stream, with an error in it',
    calls: [messagesCall],
    run: async (link) => collected(anthropic(link, 'fail-5').messages.create(streamed)),
  },
  {
    name: 'countTokens',
    calls: [call('anthropic.count_tokens', { tokens: false })],
    run: async (link) =>
      anthropic(link).messages.countTokens({ model: request.model, messages: request.messages }),
  },
  {
    name: 'a wrong key (401)',
    calls: [uncounted],
    run: async (link) =>
      thrown(anthropic(link, 'well', { apiKey: 'sk-wrong' }).messages.create(request)),
  },
  {
    name: 'a model that does not exist (404)',
    calls: [uncounted],
    run: async (link) => thrown(anthropic(link).messages.create({ ...request, model: 'none' })),
  },
  {
    name: 'too many requests (429)',
    calls: [uncounted],
    run: async (link) => thrown(anthropic(link, 'refuse-9').messages.create(request)),
  },
]
