/**
 * An Anthropic client over a link, and what its uses ask.
 *
 * @module
 */

import Anthropic, { type ClientOptions } from '@anthropic-ai/sdk'
import type { Way } from '../../apis/ways.ts'
import { call, type Link } from '../../use.ts'

export const messages = [{ role: 'user' as const, content: 'How do I reset my password? Grüße 👋' }]
export const request = { model: 'claude-sonnet-4-6', max_tokens: 200, messages }
export const streamed = { ...request, stream: true as const }

export const search = {
  name: 'search',
  description: 'Looks for articles.',
  input_schema: {
    type: 'object' as const,
    properties: { query: { type: 'string' }, limit: { type: 'number' } },
  },
}

/** A stream says how many tokens went in with its first event. */
export const messagesCall = call('anthropic.messages')
export const uncounted = call('anthropic.messages', { tokens: false })

export function anthropic(link: Link, way: Way = 'well', options: ClientOptions = {}): Anthropic {
  return link.wrap(
    new Anthropic({
      apiKey: 'sk-test',
      baseURL: link.api('anthropic', way),
      fetch: link.fetch,
      maxRetries: 0,
      ...options,
    }),
  )
}
