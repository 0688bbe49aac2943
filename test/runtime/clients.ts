/**
 * The clients that checks call models with, as applications make them.
 *
 * @module
 */

import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'

type Fetch = typeof globalThis.fetch

export interface Clients {
  openai: OpenAI
  anthropic: Anthropic
  /** For each request. */
  headers?: Record<string, string>
}

/** @param url Of the models, without `/v1`. */
export function clients(fetch: Fetch, url: string): Clients {
  const everywhere = { fetch, apiKey: 'sk-test', dangerouslyAllowBrowser: true }
  return {
    openai: new OpenAI({ ...everywhere, baseURL: `${url}/v1` }),
    anthropic: new Anthropic({ ...everywhere, baseURL: url }),
  }
}

export const CHAT = 'chat gpt-4o'
const MODEL = 'gpt-4o'

function ask(content: string) {
  return [{ role: 'user' as const, content }]
}

/** What the stand-in says to a question that it has no article on. */
export function answerTo(question: string): string {
  return `I have no article on that yet. You asked: “${question}”`
}

/** @param began Called when the first word is there. */
export async function streamed(
  { openai, headers = {} }: Clients,
  question: string,
  began: () => void = () => {},
): Promise<string> {
  const request = { model: MODEL, messages: ask(question), stream: true as const }
  let text = ''
  for await (const chunk of await openai.chat.completions.create(request, { headers })) {
    if (text === '') began()
    text += chunk.choices[0]?.delta.content ?? ''
  }
  return text
}

export async function whole({ openai, headers = {} }: Clients, question: string): Promise<string> {
  const request = { model: MODEL, messages: ask(question) }
  const reply = await openai.chat.completions.create(request, { headers })
  return reply.choices[0]?.message.content ?? ''
}

export async function byAnthropic(
  { anthropic, headers = {} }: Clients,
  question: string,
): Promise<string> {
  const request = { model: 'claude-sonnet-4-6', max_tokens: 99, messages: ask(question) }
  const { content } = await anthropic.messages.create(request, { headers })
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('')
}

/** There is no such model; what the client throws then. */
export async function failing(
  { openai, headers = {} }: Clients,
  question: string,
): Promise<string> {
  const request = { model: 'gpt-0', messages: ask(question) }
  return openai.chat.completions.create(request, { headers }).then(
    () => 'an answer',
    (error: unknown) => (error instanceof OpenAI.NotFoundError ? 'not found' : String(error)),
  )
}
