/**
 * Everything that is done with `cohere-ai`.
 *
 * @module
 */

import { CohereClientV2 } from 'cohere-ai'
import type { Way } from '../../apis/ways.ts'
import { abortedAfter, collected, first, thrown } from '../../seen.ts'
import { call, type Client, type Link, type Use } from '../../use.ts'

const messages = [{ role: 'user' as const, content: 'How do I reset my password? Grüße 👋' }]
const request = { model: 'command-a-03-2025', messages }
const weather = {
  type: 'function' as const,
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
}
const chatCall = call('cohere.chat')
const uncounted = call('cohere.chat', { tokens: false })

const uses: readonly Use[] = [
  {
    name: 'chat',
    calls: [chatCall],
    run: async (link) => cohere(link).chat(request),
  },
  {
    name: 'chat, withRawResponse',
    calls: [chatCall],
    async run(link) {
      const { data, rawResponse } = await cohere(link).chat(request).withRawResponse()
      const { status, url, headers } = rawResponse
      return { data, status, url, headers: Object.fromEntries(headers) }
    },
  },
  {
    name: 'a tool call, and its result',
    calls: [chatCall, chatCall],
    async run(link) {
      const client = cohere(link)
      const asked = await client.chat({ ...request, tools: [weather] })
      const { toolCalls = [], toolPlan = '' } = asked.message
      const results = toolCalls.map(({ id }) => ({
        role: 'tool' as const,
        toolCallId: id,
        content: 'Sunny',
      }))
      const said = { role: 'assistant' as const, toolCalls, toolPlan }
      const answer = await client.chat({
        ...request,
        messages: [...messages, said, ...results],
        tools: [weather],
      })
      return [asked, answer]
    },
  },
  {
    name: 'chatStream',
    calls: [chatCall],
    run: async (link) => collected(cohere(link).chatStream(request)),
  },
  {
    name: 'chatStream, of a tool call',
    calls: [chatCall],
    run: async (link) => collected(cohere(link).chatStream({ ...request, tools: [weather] })),
  },
  {
    name: 'chatStream, left early by break',
    calls: [uncounted],
    run: async (link) => first(3, cohere(link, 'stall-3').chatStream(request)),
  },
  {
    name: 'chatStream, cut off by the network',
    calls: [uncounted],
    run: async (link) => collected(cohere(link, 'cut-3').chatStream(request)),
  },
  {
    name: 'chatStream, with an error in it',
    calls: [uncounted],
    run: async (link) => collected(cohere(link, 'fail-3').chatStream(request)),
  },
  {
    name: 'embed',
    calls: [call('cohere.embed')],
    run: async (link) =>
      cohere(link).embed({
        model: 'embed-v4.0',
        inputType: 'search_document',
        embeddingTypes: ['float'],
        texts: ['one', 'two'],
      }),
  },
  {
    name: 'rerank',
    calls: [call('cohere.rerank')],
    run: async (link) =>
      cohere(link).rerank({ model: 'rerank-v3.5', query: 'one', documents: ['one', 'two'] }),
  },
  {
    name: 'abort, before it is sent',
    calls: [uncounted],
    async run(link) {
      const abortSignal = AbortSignal.abort()
      return thrown(cohere(link).chat(request, { abortSignal }))
    },
  },
  {
    name: 'abort, while it waits for an answer',
    calls: [uncounted],
    async run(link) {
      const controller = new AbortController()
      const abortSignal = controller.signal
      const reply = thrown(cohere(link, 'hang-9').chat(request, { abortSignal }))
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
      const abortSignal = controller.signal
      const stream = cohere(link, 'stall-3').chatStream(request, { abortSignal })
      return abortedAfter(3, controller, stream)
    },
  },
  {
    name: 'timeout',
    calls: [uncounted],
    run: async (link) => thrown(cohere(link, 'hang-9').chat(request, { timeoutInSeconds: 0.05 })),
  },
  {
    name: 'a retry, then success', // after a second at least, whatever the server says
    calls: [uncounted, chatCall],
    run: async (link) => cohere(link, 'refuse-1').chat(request, { maxRetries: 1 }),
  },
  {
    name: 'a wrong key (401)',
    calls: [uncounted],
    run: async (link) => thrown(cohere(link, 'well', 'sk-wrong').chat(request)),
  },
  {
    name: 'too many requests (429)',
    calls: [uncounted],
    run: async (link) => thrown(cohere(link, 'refuse-9').chat(request)),
  },
]

function cohere(link: Link, way: Way = 'well', token = 'sk-test'): CohereClientV2 {
  return link.wrap(
    new CohereClientV2({
      token,
      baseUrl: link.api('cohere', way),
      maxRetries: 0,
      ...(link.fetch && { fetch: link.fetch }),
    }),
  )
}

export const cohereClient: Client = {
  name: 'cohere-ai',
  packages: ['cohere-ai'],
  ways: ['fetch option', 'wrap', 'patchFetch'],
  uses,
}
