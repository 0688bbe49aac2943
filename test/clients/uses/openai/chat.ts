/**
 * Chat completions with `openai`, beside what all clients of its kind do.
 *
 * @module
 */

import { Stream } from 'openai/streaming'
import { collected } from '../../seen.ts'
import type { Use } from '../../use.ts'
import { chat, chatCall, counted, openai, streamed, uncounted, weather } from './client.ts'

export const chatUses: readonly Use[] = [
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
    name: 'stream, without usage',
    calls: [uncounted],
    run: async (link) => collected(openai(link).chat.completions.create(streamed)),
  },
  {
    name: 'stream, of a tool call',
    calls: [chatCall],
    run: async (link) =>
      collected(openai(link).chat.completions.create({ ...counted, tools: [weather] })),
  },
  {
    name: 'stream, left early by its controller',
    calls: [uncounted],
    async run(link) {
      const stream = await openai(link, 'stall-3').chat.completions.create(streamed)
      const chunks = []
      for await (const chunk of stream) {
        chunks.push(chunk)
        if (chunks.length === 3) stream.controller.abort()
      }
      return chunks
    },
  },
  {
    name: 'stream, handed on and read again',
    calls: [chatCall],
    async run(link) {
      const stream = await openai(link).chat.completions.create(counted)
      const response = new Response(stream.toReadableStream())
      const text = await response.text()
      const again = new Response(text).body
      const read = again && Stream.fromReadableStream(again, new AbortController())
      return { text, read: read && (await collected(read)) }
    },
  },
]
