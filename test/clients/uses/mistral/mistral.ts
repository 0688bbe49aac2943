/**
 * Everything that is done with `@mistralai/mistralai`, which sends a `Request` whose body is a stream.
 *
 * @module
 */

import { HTTPClient, Mistral } from '@mistralai/mistralai'
import { z } from 'zod'
import type { Way } from '../../apis/ways.ts'
import { abortedAfter, collected, first, thrown } from '../../seen.ts'
import { call, type Client, type Link, type Use } from '../../use.ts'

const messages = [{ role: 'user' as const, content: 'How do I reset my password? Grüße 👋' }]
const request = { model: 'mistral-small-latest', messages }
const weather = {
  type: 'function' as const,
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
}
const conversation = { model: request.model, inputs: 'Hello' }
const chatCall = call('openai.chat')
const uncounted = call('openai.chat', { tokens: false })
const Forecast = z.object({ city: z.string(), days: z.number() })

const uses: readonly Use[] = [
  {
    name: 'chat.complete',
    calls: [chatCall],
    run: async (link) => mistral(link).chat.complete(request),
  },
  {
    name: 'chat.complete, of a tool call',
    calls: [chatCall],
    run: async (link) => mistral(link).chat.complete({ ...request, tools: [weather] }),
  },
  {
    name: 'chat.parse',
    calls: [chatCall],
    run: async (link) => mistral(link).chat.parse({ ...request, responseFormat: Forecast }),
  },
  {
    name: 'chat.stream',
    calls: [chatCall],
    run: async (link) => collected(mistral(link).chat.stream(request)),
  },
  {
    name: 'chat.stream, of a tool call',
    calls: [chatCall],
    run: async (link) => collected(mistral(link).chat.stream({ ...request, tools: [weather] })),
  },
  {
    name: 'chat.stream, left early by break',
    calls: [uncounted],
    run: async (link) => first(3, mistral(link, 'stall-3').chat.stream(request)),
  },
  {
    name: 'chat.stream, cut off by the network',
    calls: [uncounted],
    run: async (link) => collected(mistral(link, 'cut-3').chat.stream(request)),
  },
  {
    name: 'chat.stream, with an error in it',
    calls: [uncounted],
    run: async (link) => collected(mistral(link, 'fail-3').chat.stream(request)),
  },
  {
    name: 'fim.complete',
    calls: [call('mistral.fim')],
    run: async (link) =>
      mistral(link).fim.complete({ model: 'codestral-latest', prompt: 'def f(' }),
  },
  {
    name: 'embeddings.create',
    calls: [call('openai.embeddings')],
    run: async (link) =>
      mistral(link).embeddings.create({ model: 'mistral-embed', inputs: ['one', 'two'] }),
  },
  {
    name: 'conversations.start',
    calls: [call('mistral.conversations')],
    run: async (link) => mistral(link).beta.conversations.start(conversation),
  },
  {
    name: 'conversations.startStream',
    calls: [call('mistral.conversations')],
    run: async (link) => collected(mistral(link).beta.conversations.startStream(conversation)),
  },
  {
    name: 'models.list',
    calls: [],
    run: async (link) => mistral(link).models.list(),
  },
  {
    name: 'abort, before it is sent',
    calls: [uncounted],
    async run(link) {
      const signal = AbortSignal.abort()
      return thrown(mistral(link).chat.complete(request, { signal }))
    },
  },
  {
    name: 'abort, while it waits for an answer',
    calls: [uncounted],
    async run(link) {
      const controller = new AbortController()
      const { signal } = controller
      const reply = thrown(mistral(link, 'hang-9').chat.complete(request, { signal }))
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
      const stream = mistral(link, 'stall-3').chat.stream(request, { signal })
      return abortedAfter(3, controller, stream)
    },
  },
  {
    name: 'timeout',
    calls: [uncounted],
    run: async (link) => thrown(mistral(link, 'hang-9').chat.complete(request, { timeoutMs: 50 })),
  },
  {
    name: 'two retries, then success',
    calls: [uncounted, uncounted, chatCall],
    async run(link) {
      const backoff = { initialInterval: 1, maxInterval: 5, exponent: 1, maxElapsedTime: 5_000 }
      const retries = { strategy: 'backoff' as const, backoff, retryConnectionErrors: true }
      return mistral(link, 'refuse-2').chat.complete(request, { retries })
    },
  },
  {
    name: 'a wrong key (401)',
    calls: [uncounted],
    run: async (link) => thrown(mistral(link, 'well', 'sk-wrong').chat.complete(request)),
  },
  {
    name: 'too many requests (429)',
    calls: [uncounted],
    run: async (link) => thrown(mistral(link, 'refuse-9').chat.complete(request)),
  },
]

function mistral(link: Link, way: Way = 'well', apiKey = 'sk-test'): Mistral {
  const { fetch } = link
  const httpClient = fetch && new HTTPClient({ fetcher: (input, init) => fetch(input, init) })
  return link.wrap(
    new Mistral({
      apiKey,
      serverURL: link.api('mistral', way),
      ...(httpClient && { httpClient }),
    }),
  )
}

export const mistralClient: Client = {
  name: '@mistralai/mistralai',
  packages: ['@mistralai/mistralai'],
  ways: ['fetch option', 'wrap', 'patchFetch'],
  uses,
}
