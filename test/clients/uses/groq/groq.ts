/**
 * Everything that is done with `groq-sdk`.
 *
 * @module
 */

import Groq, { toFile, type ClientOptions } from 'groq-sdk'
import type { Way } from '../../apis/ways.ts'
import { abortedAfter, collected, first, headOf, thrown } from '../../seen.ts'
import { call, type Client, type Link, type Use } from '../../use.ts'

const messages = [{ role: 'user' as const, content: 'How do I reset my password? Grüße 👋' }]
const chat = { model: 'gpt-4o', messages }
const streamed = { ...chat, stream: true as const }
const weather = {
  type: 'function' as const,
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
}
const chatCall = call('openai.chat')
const uncounted = call('openai.chat', { tokens: false })

const uses: readonly Use[] = [
  {
    name: 'create',
    calls: [chatCall],
    run: async (link) => groq(link).chat.completions.create(chat),
  },
  {
    name: 'withResponse, asResponse',
    calls: [chatCall, chatCall],
    async run(link) {
      const { completions } = groq(link).chat
      const { data, response } = await completions.create(chat).withResponse()
      const raw = await completions.create(chat).asResponse()
      return { data, head: headOf(response), raw: headOf(raw), text: await raw.text() }
    },
  },
  {
    name: 'a tool call',
    calls: [chatCall],
    run: async (link) => groq(link).chat.completions.create({ ...chat, tools: [weather] }),
  },
  {
    name: 'stream, with usage in x_groq',
    calls: [chatCall],
    run: async (link) => collected(groq(link).chat.completions.create(streamed)),
  },
  {
    name: 'stream, of a tool call',
    calls: [uncounted],
    run: async (link) =>
      collected(groq(link).chat.completions.create({ ...streamed, tools: [weather] })),
  },
  {
    name: 'stream, left early by break',
    calls: [uncounted],
    run: async (link) => first(3, groq(link, 'stall-3').chat.completions.create(streamed)),
  },
  {
    name: 'stream, split by tee and handed on',
    calls: [chatCall],
    async run(link) {
      const stream = await groq(link).chat.completions.create(streamed)
      const [one, other] = stream.tee()
      return [await collected(one), await new Response(other.toReadableStream()).text()]
    },
  },
  {
    name: 'stream, cut off by the network',
    calls: [uncounted],
    run: async (link) => collected(groq(link, 'cut-3').chat.completions.create(streamed)),
  },
  {
    name: 'stream, with an error in it',
    calls: [uncounted],
    run: async (link) => collected(groq(link, 'fail-3').chat.completions.create(streamed)),
  },
  {
    name: 'abort, before it is sent',
    calls: [],
    async run(link) {
      const signal = AbortSignal.abort()
      return thrown(groq(link).chat.completions.create(chat, { signal }))
    },
  },
  {
    name: 'abort, while it waits for an answer',
    calls: [uncounted],
    async run(link) {
      const controller = new AbortController()
      const { signal } = controller
      const reply = thrown(groq(link, 'hang-9').chat.completions.create(chat, { signal }))
      await link.arrived()
      controller.abort()
      return reply
    },
  },
  {
    name: 'abort, in the middle of a stream',
    calls: [uncounted],
    async run(link) {
      const controller = new AbortController()
      const { signal } = controller
      const stream = groq(link, 'stall-3').chat.completions.create(streamed, { signal })
      return abortedAfter(3, controller, stream)
    },
  },
  {
    name: 'timeout',
    calls: [uncounted],
    run: async (link) =>
      thrown(groq(link, 'hang-9').chat.completions.create(chat, { timeout: 50 })),
  },
  {
    name: 'two retries, then success',
    calls: [chatCall],
    run: async (link) => groq(link, 'refuse-2', { maxRetries: 2 }).chat.completions.create(chat),
  },
  {
    name: 'a wrong key (401)',
    calls: [uncounted],
    run: async (link) =>
      thrown(groq(link, 'well', { apiKey: 'sk-wrong' }).chat.completions.create(chat)),
  },
  {
    name: 'too many requests (429)',
    calls: [uncounted],
    run: async (link) => thrown(groq(link, 'refuse-9').chat.completions.create(chat)),
  },
  {
    name: 'embeddings',
    calls: [call('openai.embeddings')],
    run: async (link) => groq(link).embeddings.create({ model: 'embed', input: ['one', 'two'] }),
  },
  {
    name: 'transcription, of a file',
    calls: [call('openai.transcription')],
    async run(link) {
      const file = await toFile(new Uint8Array([1, 2, 3, 250]), 'speech.mp3')
      return groq(link).audio.transcriptions.create({ model: 'whisper-large-v3', file })
    },
  },
  {
    name: 'models.list',
    calls: [],
    run: async (link) => groq(link).models.list(),
  },
  {
    name: 'withOptions, instanceof, buildURL',
    calls: [uncounted],
    async run(link) {
      const client = groq(link)
      const copy = client.withOptions({ apiKey: 'sk-wrong' })
      const error = await copy.chat.completions.create(chat).catch((caught: unknown) => caught)
      return {
        client: client instanceof Groq,
        copy: copy instanceof Groq,
        error: error instanceof Groq.AuthenticationError,
        url: client.buildURL('/openai/v1/models', { a: 1 }),
      }
    },
  },
]

function groq(link: Link, way: Way = 'well', options: ClientOptions = {}): Groq {
  return link.wrap(
    new Groq({
      apiKey: 'sk-test',
      baseURL: link.api('groq', way),
      fetch: link.fetch,
      maxRetries: 0,
      ...options,
    }),
  )
}

export const groqClient: Client = {
  name: 'groq-sdk',
  packages: ['groq-sdk'],
  ways: ['fetch option', 'wrap'],
  uses,
}
