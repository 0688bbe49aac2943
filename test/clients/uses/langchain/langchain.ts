/**
 * Everything that is done with LangChain's `ChatOpenAI` and `OpenAIEmbeddings`.
 *
 * @module
 */

import { tool } from '@langchain/core/tools'
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai'
import { z } from 'zod'
import type { Way } from '../../apis/ways.ts'
import { abortedAfter, collected, first, thrown } from '../../seen.ts'
import { call, type Client, type Link, type Use } from '../../use.ts'

const question = 'How do I reset my password? Grüße 👋'
const Forecast = z.object({ city: z.string(), days: z.number() })
const weather = tool(({ city }) => `Sunny in ${city}`, {
  name: 'weather',
  description: 'Says how the weather will be.',
  schema: Forecast,
})
const chatCall = call('openai.chat')
const uncounted = call('openai.chat', { tokens: false })

const uses: readonly Use[] = [
  {
    name: 'invoke',
    calls: [chatCall],
    run: async (link) => chat(link).invoke(question),
  },
  {
    name: 'invoke, with the Responses API',
    calls: [call('openai.responses')],
    run: async (link) => chat(link, 'well', { useResponsesApi: true }).invoke(question),
  },
  {
    name: 'a tool call, and its result',
    calls: [chatCall, chatCall],
    async run(link) {
      const model = chat(link).bindTools([weather])
      const asked = await model.invoke(question)
      const results = await Promise.all(
        (asked.tool_calls ?? []).map((called) => weather.invoke({ ...called, type: 'tool_call' })),
      )
      return [
        asked,
        results,
        await model.invoke([{ role: 'user', content: question }, asked, ...results]),
      ]
    },
  },
  {
    name: 'withStructuredOutput',
    calls: [chatCall],
    run: async (link) => chat(link).withStructuredOutput(Forecast).invoke(question),
  },
  {
    name: 'batch',
    calls: [chatCall, chatCall],
    run: async (link) => chat(link).batch([question, 'A refund?']),
  },
  {
    name: 'stream', // asks for usage by itself
    calls: [chatCall],
    run: async (link) => collected(chat(link).stream(question)),
  },
  {
    name: 'stream, of a tool call',
    calls: [chatCall],
    run: async (link) => collected(chat(link).bindTools([weather]).stream(question)),
  },
  {
    name: 'streamEvents',
    calls: [chatCall],
    run: async (link) => collected(chat(link).streamEvents(question, { version: 'v2' })),
  },
  {
    name: 'stream, left early by break', // it reads one chunk ahead, and waits for that when left
    calls: [uncounted],
    run: async (link) => first(3, chat(link, 'stall-6').stream(question)),
  },
  {
    name: 'stream, cut off by the network',
    calls: [uncounted],
    run: async (link) => collected(chat(link, 'cut-3').stream(question)),
  },
  {
    name: 'stream, with an error in it',
    calls: [uncounted],
    run: async (link) => collected(chat(link, 'fail-3').stream(question)),
  },
  {
    name: 'abort, before it is sent',
    calls: [],
    run: async (link) => thrown(chat(link).invoke(question, { signal: AbortSignal.abort() })),
  },
  {
    name: 'abort, while it waits for an answer',
    calls: [uncounted],
    async run(link) {
      const controller = new AbortController()
      const { signal } = controller
      const reply = thrown(chat(link, 'hang-9').invoke(question, { signal }))
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
      return abortedAfter(3, controller, chat(link, 'stall-3').stream(question, { signal }))
    },
  },
  {
    name: 'timeout',
    calls: [uncounted],
    run: async (link) => thrown(chat(link, 'hang-9').invoke(question, { timeout: 50 })),
  },
  {
    name: 'a retry, then success', // after a second at least, whatever the server says
    calls: [uncounted, chatCall],
    run: async (link) => chat(link, 'refuse-1', { maxRetries: 1 }).invoke(question),
  },
  {
    name: 'a wrong key (401)',
    calls: [uncounted],
    run: async (link) => thrown(chat(link, 'well', { apiKey: 'sk-wrong' }).invoke(question)),
  },
  {
    name: 'too many requests (429)',
    calls: [uncounted],
    run: async (link) => thrown(chat(link, 'refuse-9').invoke(question)),
  },
  {
    name: 'embedDocuments, embedQuery',
    calls: [call('openai.embeddings'), call('openai.embeddings')],
    async run(link) {
      const options = { apiKey: 'sk-test', configuration: over(link) }
      const embeddings = link.wrap(new OpenAIEmbeddings(options))
      return [await embeddings.embedDocuments(['one', 'two']), await embeddings.embedQuery('one')]
    },
  },
]

type Options = NonNullable<ConstructorParameters<typeof ChatOpenAI>[0]>

function chat(link: Link, way: Way = 'well', options: Exclude<Options, string> = {}): ChatOpenAI {
  return link.wrap(
    new ChatOpenAI({
      model: 'gpt-4o',
      apiKey: 'sk-test',
      maxRetries: 0,
      configuration: over(link, way),
      ...options,
    }),
  )
}

function over(link: Link, way: Way = 'well') {
  return { baseURL: `${link.api('openai', way)}/v1`, fetch: link.fetch }
}

export const langchainClient: Client = {
  name: '@langchain/openai',
  packages: ['@langchain/openai', '@langchain/core'],
  ways: ['fetch option', 'wrap', 'patchFetch'],
  uses,
}
