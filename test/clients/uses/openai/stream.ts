/**
 * Streams of chat completions with `openai`: read, split, handed on, left and cut.
 *
 * @module
 */

import { Stream } from 'openai/streaming'
import { collected, first } from '../../seen.ts'
import type { Use } from '../../use.ts'
import { chatCall, counted, openai, streamed, uncounted, weather } from './client.ts'

export const streamUses: readonly Use[] = [
  {
    name: 'stream',
    calls: [uncounted],
    run: async (link) => collected(openai(link).chat.completions.create(streamed)),
  },
  {
    name: 'stream, with usage',
    calls: [chatCall],
    run: async (link) => collected(openai(link).chat.completions.create(counted)),
  },
  {
    name: 'stream, of a tool call',
    calls: [chatCall],
    run: async (link) =>
      collected(openai(link).chat.completions.create({ ...counted, tools: [weather] })),
  },
  {
    name: 'stream, left early by break',
    calls: [uncounted],
    run: async (link) => first(3, openai(link, 'stall-3').chat.completions.create(streamed)),
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
    name: 'stream, split by tee',
    calls: [chatCall],
    async run(link) {
      const stream = await openai(link).chat.completions.create(counted)
      const [one, other] = stream.tee()
      const chunks = await collected(one)
      return { chunks, again: await collected(other) }
    },
  },
  {
    name: 'stream, handed on by toReadableStream',
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
  {
    name: 'stream, cut off by the network',
    calls: [uncounted],
    run: async (link) => collected(openai(link, 'cut-3').chat.completions.create(streamed)),
  },
  {
    name: 'stream, with an error in it',
    calls: [uncounted],
    run: async (link) => collected(openai(link, 'fail-3').chat.completions.create(streamed)),
  },
]
