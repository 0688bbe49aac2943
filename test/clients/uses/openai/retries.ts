/**
 * Retries with `openai`, beside what all clients of its kind do.
 *
 * @module
 */

import { thrown } from '../../seen.ts'
import type { Use } from '../../use.ts'
import { chat, chatCall, openai, streamed, uncounted } from './client.ts'

export const retryUses: readonly Use[] = [
  {
    name: 'two retries, then a stream',
    calls: [uncounted],
    async run(link) {
      const client = openai(link, 'refuse-2', { maxRetries: 2 })
      const chunks = []
      for await (const chunk of await client.chat.completions.create(streamed)) chunks.push(chunk)
      return chunks
    },
  },
  {
    name: 'a timeout, then a retry that succeeds',
    calls: [chatCall],
    run: async (link) =>
      openai(link, 'hang-1', { maxRetries: 1 }).chat.completions.create(chat, { timeout: 300 }),
  },
  {
    name: 'retries, all in vain (429)',
    calls: [uncounted],
    run: async (link) =>
      thrown(openai(link, 'refuse-9', { maxRetries: 1 }).chat.completions.create(chat)),
  },
]
