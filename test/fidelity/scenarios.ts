/**
 * What an application does with its clients, as functions that run on any runtime and say what the
 * application saw: once with native `fetch`, once with the traced one.
 *
 * @module
 */

import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'

type Fetch = typeof globalThis.fetch

/** What the application saw, as plain data. */
export type Seen = unknown

export interface Scenario {
  name: string
  /** How each call of it ends, where that is all that its records are asked for. */
  ended?: readonly string[]
  /** As whom the server is known, where usage is to be asked for unseen. */
  known?: string
  run(fetch: Fetch, baseUrl: string): Promise<Seen>
}

const messages = [{ role: 'user' as const, content: 'How do I reset my password? Grüße 👋' }]
const chat = { model: 'gpt-4o', messages }

export const scenarios: readonly Scenario[] = [
  {
    name: 'openai, a whole reply',
    run: async (fetch, baseUrl) => openai(fetch, baseUrl).chat.completions.create(chat),
  },
  {
    name: 'openai, a stream read to its end',
    run: async (fetch, baseUrl) => {
      const chunks = []
      for await (const chunk of await openai(fetch, baseUrl).chat.completions.create({
        ...chat,
        stream: true,
      })) {
        chunks.push(chunk)
      }
      return chunks
    },
  },
  {
    name: 'openai, a stream with usage',
    run: async (fetch, baseUrl) => {
      const stream = await openai(fetch, baseUrl).chat.completions.create({
        ...chat,
        stream: true,
        stream_options: { include_usage: true },
      })
      const chunks = []
      for await (const chunk of stream) chunks.push(chunk)
      return chunks
    },
  },
  {
    name: 'openai, a stream whose usage is asked for unseen',
    known: 'https://api.openai.com',
    run: async (fetch) => {
      const chunks = []
      for await (const chunk of await openai(
        fetch,
        'https://api.openai.com',
      ).chat.completions.create({ ...chat, stream: true })) {
        chunks.push(chunk)
      }
      return chunks
    },
  },
  {
    name: 'openai, a stream left early',
    run: async (fetch, baseUrl) => {
      const chunks = []
      const request = { ...chat, stream: true as const }
      const stalls = { headers: { 'x-stall-after': '3' } }
      for await (const chunk of await openai(fetch, baseUrl).chat.completions.create(
        request,
        stalls,
      )) {
        chunks.push(chunk)
        if (chunks.length === 3) break
      }
      return chunks
    },
  },
  {
    name: 'openai, withResponse',
    run: async (fetch, baseUrl) => {
      const { data, response } = await openai(fetch, baseUrl)
        .chat.completions.create(chat)
        .withResponse()
      return { data, ...headOf(response) }
    },
  },
  {
    name: 'openai, the stream helper',
    run: async (fetch, baseUrl) =>
      openai(fetch, baseUrl).chat.completions.stream(chat).finalMessage(),
  },
  {
    name: 'openai, a model that does not exist',
    run: async (fetch, baseUrl) =>
      thrown(openai(fetch, baseUrl).chat.completions.create({ ...chat, model: 'gpt-0' })),
  },
  {
    name: 'openai, a wrong key',
    run: async (fetch, baseUrl) =>
      thrown(
        new OpenAI({ ...options(fetch, baseUrl), apiKey: 'sk-wrong' }).chat.completions.create(
          chat,
        ),
      ),
  },
  {
    name: 'openai, aborted before it is sent',
    run: async (fetch, baseUrl) =>
      thrown(openai(fetch, baseUrl).chat.completions.create(chat, { signal: AbortSignal.abort() })),
  },
  {
    name: 'anthropic, a whole reply',
    run: async (fetch, baseUrl) => anthropic(fetch, baseUrl).messages.create(claude),
  },
  {
    name: 'anthropic, a stream of a tool call',
    run: async (fetch, baseUrl) =>
      anthropic(fetch, baseUrl)
        .messages.stream({
          ...claude,
          tools: [{ name: 'search', input_schema: { type: 'object' } }],
        })
        .finalMessage(),
  },
  {
    name: 'fetch, the response itself',
    run: async (fetch, baseUrl) => {
      const response = await post(fetch, baseUrl, chat)
      return { ...headOf(response), text: await response.text(), used: response.bodyUsed }
    },
  },
  {
    name: 'fetch, the chunks of a stream',
    run: async (fetch, baseUrl) => {
      const response = await post(fetch, baseUrl, { ...chat, stream: true })
      const copy = response.clone()
      const texts = await Promise.all([response.text(), copy.text()])
      return { ...headOf(copy), texts }
    },
  },
  {
    name: 'fetch, a Request as input',
    run: async (fetch, baseUrl) => {
      const request = new Request(`${baseUrl}/v1/chat/completions`, {
        method: 'POST',
        body: JSON.stringify(chat),
      })
      return { body: await (await fetch(request)).json(), used: request.bodyUsed }
    },
  },
  {
    name: 'fetch, no model API at all',
    run: async (fetch, baseUrl) => {
      const response = await fetch(new URL('/v1/models', baseUrl))
      return { ...headOf(response), body: await response.json() }
    },
  },
  {
    name: 'fetch, nobody there',
    run: async (fetch) => {
      const error = await post(fetch, 'http://127.0.0.1:1', chat).catch((caught: unknown) => caught)
      return error instanceof Error ? error.name : error
    },
  },
]

const claude = { model: 'claude-sonnet-4-6', max_tokens: 200, messages }

function options(fetch: Fetch, baseUrl: string) {
  return {
    fetch,
    apiKey: 'sk-test',
    baseURL: `${baseUrl}/v1`,
    maxRetries: 0,
    dangerouslyAllowBrowser: true,
  }
}

export function openai(fetch: Fetch, baseUrl: string): OpenAI {
  return new OpenAI(options(fetch, baseUrl))
}

function anthropic(fetch: Fetch, baseUrl: string): Anthropic {
  return new Anthropic({ ...options(fetch, baseUrl), baseURL: baseUrl })
}

function post(fetch: Fetch, baseUrl: string, body: object): Promise<Response> {
  return fetch(`${baseUrl}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body) })
}

function headOf({ url, status, statusText, ok, redirected, type, headers }: Response) {
  const named = Object.fromEntries(headers)
  delete named.date
  return { url, status, statusText, ok, redirected, type, headers: named }
}

async function thrown(work: Promise<unknown>): Promise<Seen> {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  )
  if (!(error instanceof Error)) return { nothing: 'was thrown', error }
  return {
    name: error.constructor.name,
    message: error.message,
    ...('status' in error && { status: error.status }),
  }
}
