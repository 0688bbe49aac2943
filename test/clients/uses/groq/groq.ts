/**
 * Everything that is done with `groq-sdk`.
 *
 * @module
 */

import Groq, { APIPromise, toFile, type ClientOptions } from 'groq-sdk'
import type { Way } from '../../apis/ways.ts'
import { collected } from '../../seen.ts'
import { call, type Client, type Link, type Use } from '../../use.ts'
import { stainlessUses } from '../stainless/stainless.ts'

const messages = [{ role: 'user' as const, content: 'How do I reset my password? Grüße 👋' }]
const chat = { model: 'gpt-4o', messages }
const streamed = { ...chat, stream: true as const }
const weather = {
  type: 'function' as const,
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
}
const chatCall = call('openai.chat')
const uncounted = call('openai.chat', { tokens: false })

const sharedUses = stainlessUses({
  client: groq,
  create: ({ chat: { completions } }, options, model = chat.model) =>
    completions.create({ ...chat, model }, options),
  stream: ({ chat: { completions } }, options) => completions.create(streamed, options),
  path: '/openai/v1/chat/completions',
  body: chat,
  classes: {
    client: Groq,
    promise: APIPromise,
    refused: Groq.AuthenticationError,
    error: Groq.APIError,
  },
  calls: { answered: chatCall, unanswered: uncounted, left: uncounted },
  events: { sent: 3, given: 3 },
})

const ownUses: readonly Use[] = [
  {
    name: 'a tool call',
    calls: [chatCall],
    run: async (link) => groq(link).chat.completions.create({ ...chat, tools: [weather] }),
  },
  {
    name: 'stream, of a tool call',
    calls: [uncounted],
    run: async (link) =>
      collected(groq(link).chat.completions.create({ ...streamed, tools: [weather] })),
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
  uses: [...sharedUses, ...ownUses],
}
