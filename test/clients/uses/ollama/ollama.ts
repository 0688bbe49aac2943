/**
 * Everything that is done with `ollama`.
 *
 * @module
 */

import { Ollama } from 'ollama'
import type { Way } from '../../apis/ways.ts'
import { collected, first, thrown } from '../../seen.ts'
import { call, type Client, type Link, type Use } from '../../use.ts'

const messages = [{ role: 'user', content: 'How do I reset my password? Grüße 👋' }]
const request = { model: 'gemma3', messages }
const streamed = { ...request, stream: true as const }
const weather = {
  type: 'function',
  function: { name: 'weather', description: 'Says how the weather will be.', parameters: {} },
}
const chatCall = call('ollama.chat')
const uncounted = call('ollama.chat', { tokens: false })

const uses: readonly Use[] = [
  {
    name: 'chat',
    calls: [chatCall],
    run: async (link) => ollama(link).chat(request),
  },
  {
    name: 'a tool call, and its result',
    calls: [chatCall, chatCall],
    async run(link) {
      const client = ollama(link)
      const asked = await client.chat({ ...request, tools: [weather] })
      const result = { role: 'tool', tool_name: 'weather', content: 'Sunny' }
      const answer = await client.chat({
        ...request,
        messages: [...messages, asked.message, result],
        tools: [weather],
      })
      return [asked, answer]
    },
  },
  {
    name: 'chat, stream',
    calls: [chatCall],
    run: async (link) => collected(ollama(link).chat(streamed)),
  },
  {
    name: 'chat, stream of a tool call',
    calls: [chatCall],
    run: async (link) => collected(ollama(link).chat({ ...streamed, tools: [weather] })),
  },
  {
    name: 'chat, stream left early by break',
    calls: [uncounted],
    run: async (link) => first(3, ollama(link, 'stall-3').chat(streamed)),
  },
  {
    name: 'chat, stream cut off by the network',
    calls: [uncounted],
    run: async (link) => collected(ollama(link, 'cut-3').chat(streamed)),
  },
  {
    name: 'chat, stream with an error in it',
    calls: [uncounted],
    run: async (link) => collected(ollama(link, 'fail-3').chat(streamed)),
  },
  {
    name: 'generate',
    calls: [call('ollama.generate')],
    run: async (link) => ollama(link).generate({ model: 'gemma3', prompt: 'Hello' }),
  },
  {
    name: 'generate, stream',
    calls: [call('ollama.generate')],
    run: async (link) =>
      collected(ollama(link).generate({ model: 'gemma3', prompt: 'Hello', stream: true })),
  },
  {
    name: 'embed',
    calls: [call('ollama.embed')],
    run: async (link) => ollama(link).embed({ model: 'gemma3', input: ['one', 'two'] }),
  },
  {
    name: 'list',
    calls: [],
    run: async (link) => ollama(link).list(),
  },
  {
    name: 'abort, in the middle of a stream',
    calls: [uncounted],
    async run(link) {
      const stream = await ollama(link, 'stall-3').chat(streamed)
      let count = 0
      return collected({
        async *[Symbol.asyncIterator]() {
          for await (const part of stream) {
            yield part
            count += 1
            if (count === 3) stream.abort()
          }
        },
      })
    },
  },
  {
    name: 'abort, of all streams of a client',
    calls: [uncounted],
    async run(link) {
      const client = ollama(link, 'stall-3')
      const stream = await client.chat(streamed)
      const [one] = await first(1, stream)
      client.abort()
      return { one, after: await collected(stream) }
    },
  },
  {
    name: 'abort, while it waits for an answer', // by the fetch option: the client has no signal for it
    calls: [uncounted],
    async run(link) {
      const controller = new AbortController()
      const { signal } = controller
      const reply = thrown(ollama(link, 'hang-9', {}, signal).chat(request))
      await link.arrived()
      controller.abort()
      return reply
    },
  },
  {
    name: 'a wrong key (401)',
    calls: [uncounted],
    run: async (link) =>
      thrown(ollama(link, 'well', { authorization: 'Bearer sk-wrong' }).chat(request)),
  },
  {
    name: 'too many requests (429)',
    calls: [uncounted],
    run: async (link) => thrown(ollama(link, 'refuse-9').chat(request)),
  },
]

function ollama(
  link: Link,
  way: Way = 'well',
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Ollama {
  const fetch = signal ? signalled(link, signal) : link.fetch
  return link.wrap(new Ollama({ host: link.api('ollama', way), headers, ...(fetch && { fetch }) }))
}

function signalled({ fetch = globalThis.fetch }: Link, signal: AbortSignal): typeof fetch {
  return (input, init) => fetch(input, { ...init, signal })
}

export const ollamaClient: Client = {
  name: 'ollama',
  packages: ['ollama'],
  ways: ['fetch option', 'wrap', 'patchFetch'],
  uses,
}
