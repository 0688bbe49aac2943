/**
 * Chat completions with `openai`: whole replies, and what goes wrong with them.
 *
 * @module
 */

import { headOf, thrown } from '../../seen.ts'
import type { Use } from '../../use.ts'
import { chat, chatCall, openai, uncounted, weather } from './client.ts'

export const chatUses: readonly Use[] = [
  {
    name: 'create',
    calls: [chatCall],
    run: async (link) => openai(link).chat.completions.create(chat),
  },
  {
    name: 'withResponse',
    calls: [chatCall],
    async run(link) {
      const promise = openai(link).chat.completions.create(chat)
      const { data, response, request_id } = await promise.withResponse()
      return { data, request_id, head: headOf(response) }
    },
  },
  {
    name: 'asResponse',
    calls: [chatCall],
    async run(link) {
      const response = await openai(link).chat.completions.create(chat).asResponse()
      const before = headOf(response)
      const copy = response.clone()
      const text = await response.text()
      return { before, after: headOf(response), text, copy: await copy.json() }
    },
  },
  {
    name: 'a tool call, and its result',
    calls: [chatCall, chatCall],
    async run(link) {
      const { completions } = openai(link).chat
      const asked = await completions.create({ ...chat, tools: [weather] })
      const [choice] = asked.choices
      if (!choice) return asked
      const [tool] = choice.message.tool_calls ?? []
      const result = { role: 'tool' as const, tool_call_id: tool?.id ?? '', content: 'Sunny' }
      const messages = [...chat.messages, choice.message, result]
      return [asked, await completions.create({ ...chat, messages, tools: [weather] })]
    },
  },
  {
    name: 'several at once',
    calls: [chatCall, chatCall, chatCall],
    async run(link) {
      const { completions } = openai(link).chat
      const contents = ['one', 'two', 'three']
      return Promise.all(
        contents.map((content) =>
          completions.create({ ...chat, messages: [{ role: 'user', content }] }),
        ),
      )
    },
  },
  {
    name: 'a wrong key (401)',
    calls: [uncounted],
    run: async (link) =>
      thrown(openai(link, 'well', { apiKey: 'sk-wrong' }).chat.completions.create(chat)),
  },
  {
    name: 'a model that does not exist (404)',
    calls: [uncounted],
    run: async (link) => thrown(openai(link).chat.completions.create({ ...chat, model: 'gpt-0' })),
  },
  {
    name: 'too many requests (429)',
    calls: [uncounted],
    run: async (link) => thrown(openai(link, 'refuse-9').chat.completions.create(chat)),
  },
]
