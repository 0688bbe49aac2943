/**
 * An `openai` client over a link, and what its uses ask.
 *
 * @module
 */

import OpenAI, { type ClientOptions } from 'openai'
import type { Way } from '../../apis/ways.ts'
import { call, type Link } from '../../use.ts'

export const messages = [{ role: 'user' as const, content: 'How do I reset my password? Grüße 👋' }]
export const chat = { model: 'gpt-4o', messages }
export const streamed = { ...chat, stream: true as const }
export const counted = { ...streamed, stream_options: { include_usage: true } }

export const weather = {
  type: 'function' as const,
  function: {
    name: 'weather',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'number' } },
    },
  },
}

export const chatCall = call('openai.chat')
export const uncounted = call('openai.chat', { tokens: false })

export function openai(link: Link, way: Way = 'well', options: ClientOptions = {}): OpenAI {
  return link.wrap(
    new OpenAI({
      apiKey: 'sk-test',
      baseURL: `${link.api('openai', way)}/v1`,
      fetch: link.fetch,
      maxRetries: 0,
      ...options,
    }),
  )
}
