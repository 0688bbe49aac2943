/**
 * What `@google/genai` generates: whole, streamed, with tools, as JSON, in chats; and what it embeds.
 *
 * @module
 */

import type { GenerateContentResponse } from '@google/genai'
import { collected, first } from '../../seen.ts'
import { call, type Use } from '../../use.ts'
import { genai, generateCall, request, weather } from './client.ts'

const interaction = { model: 'gemini-3-flash', input: 'Hello' }

export const generateUses: readonly Use[] = [
  {
    name: 'generateContent',
    calls: [generateCall],
    run: async (link) => told(await genai(link).models.generateContent(request)),
  },
  {
    name: 'generateContent, as JSON',
    calls: [generateCall],
    run: async (link) =>
      told(
        await genai(link).models.generateContent({
          ...request,
          config: { responseMimeType: 'application/json', temperature: 0 },
        }),
      ),
  },
  {
    name: 'a tool call, and its result',
    calls: [generateCall, generateCall],
    async run(link) {
      const { models } = genai(link)
      const config = { tools: [weather] }
      const asked = await models.generateContent({ ...request, config })
      const [called] = asked.functionCalls ?? []
      const contents = [
        { role: 'user', parts: [{ text: request.contents }] },
        { role: 'model', parts: [{ functionCall: { ...called } }] },
        {
          role: 'user',
          parts: [{ functionResponse: { name: 'weather', response: { sun: true } } }],
        },
      ]
      const answer = await models.generateContent({ ...request, contents, config })
      return [told(asked), told(answer)]
    },
  },
  {
    name: 'tools that are called by themselves',
    calls: [generateCall, generateCall],
    async run(link) {
      const ran: unknown[] = []
      const tool = {
        tool: async () => weather,
        async callTool(calls: unknown) {
          ran.push(calls)
          return [{ functionResponse: { name: 'weather', response: { sun: true } } }]
        },
      }
      const { models } = genai(link)
      const reply = await models.generateContent({ ...request, config: { tools: [tool] } })
      return { ...told(reply), history: reply.automaticFunctionCallingHistory, ran }
    },
  },
  {
    name: 'generateContentStream',
    calls: [generateCall],
    run: async (link) => collected(genai(link).models.generateContentStream(request)),
  },
  {
    name: 'generateContentStream, of a tool call',
    calls: [generateCall],
    run: async (link) =>
      collected(
        genai(link).models.generateContentStream({ ...request, config: { tools: [weather] } }),
      ),
  },
  {
    name: 'generateContentStream, left early by break',
    calls: [generateCall],
    run: async (link) => first(3, genai(link, 'stall-3').models.generateContentStream(request)),
  },
  {
    name: 'generateContentStream, cut off by the network',
    calls: [generateCall],
    run: async (link) => collected(genai(link, 'cut-3').models.generateContentStream(request)),
  },
  {
    name: 'generateContentStream, with an error in it',
    calls: [generateCall],
    run: async (link) => collected(genai(link, 'fail-3').models.generateContentStream(request)),
  },
  {
    name: 'chats, sendMessage and sendMessageStream',
    calls: [generateCall, generateCall],
    async run(link) {
      const chat = genai(link).chats.create({ model: request.model })
      const reply = await chat.sendMessage({ message: 'Hello' })
      const chunks = await collected(chat.sendMessageStream({ message: 'And now?' }))
      return { reply: told(reply), chunks, history: chat.getHistory() }
    },
  },
  {
    name: 'interactions.create',
    calls: [call('google.interactions')],
    run: async (link) => genai(link).interactions.create(interaction),
  },
  {
    name: 'interactions.create, stream',
    calls: [call('google.interactions')],
    run: async (link) =>
      collected(genai(link).interactions.create({ ...interaction, stream: true })),
  },
  {
    name: 'countTokens',
    calls: [call('google.count_tokens', { tokens: false })],
    run: async (link) => genai(link).models.countTokens(request),
  },
  {
    name: 'embedContent',
    calls: [call('google.embed', { tokens: false })],
    run: async (link) =>
      genai(link).models.embedContent({ model: 'gemini-embedding-001', contents: ['one', 'two'] }),
  },
  {
    name: 'models.list, with auto-paging',
    calls: [],
    run: async (link) => collected(genai(link).models.list()),
  },
]

/** What is read by getters, too. */
function told(reply: GenerateContentResponse): object {
  const { text, functionCalls } = reply
  return { ...reply, text, functionCalls }
}
