/**
 * Aborts, timeouts and retries with `openai`.
 *
 * @module
 */

import { abortedAfter, thrown } from '../../seen.ts'
import type { Use } from '../../use.ts'
import { chat, chatCall, openai, streamed, uncounted } from './client.ts'

export const abortUses: readonly Use[] = [
  {
    name: 'abort, before it is sent',
    calls: [],
    async run(link) {
      const signal = AbortSignal.abort()
      return thrown(openai(link).chat.completions.create(chat, { signal }))
    },
  },
  {
    name: 'abort, while it waits for an answer',
    calls: [uncounted],
    async run(link) {
      const controller = new AbortController()
      const { signal } = controller
      const reply = thrown(openai(link, 'hang-9').chat.completions.create(chat, { signal }))
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
      const stream = openai(link, 'stall-3').chat.completions.create(streamed, { signal })
      return abortedAfter(3, controller, stream)
    },
  },
  {
    name: 'timeout',
    calls: [uncounted],
    run: async (link) =>
      thrown(openai(link, 'hang-9').chat.completions.create(chat, { timeout: 50 })),
  },
  {
    name: 'two retries, then success',
    calls: [chatCall],
    run: async (link) => openai(link, 'refuse-2', { maxRetries: 2 }).chat.completions.create(chat),
  },
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
