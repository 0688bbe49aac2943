/**
 * Aborts, timeouts and retries of Anthropic's client, and the client as an object.
 *
 * @module
 */

import Anthropic, { APIPromise } from '@anthropic-ai/sdk'
import { abortedAfter, thrown } from '../../seen.ts'
import type { Use } from '../../use.ts'
import { anthropic, messagesCall, request, streamed, uncounted } from './client.ts'

export const itselfUses: readonly Use[] = [
  {
    name: 'abort, before it is sent',
    calls: [],
    async run(link) {
      const signal = AbortSignal.abort()
      return thrown(anthropic(link).messages.create(request, { signal }))
    },
  },
  {
    name: 'abort, while it waits for an answer',
    calls: [uncounted],
    async run(link) {
      const controller = new AbortController()
      const { signal } = controller
      const reply = thrown(anthropic(link, 'hang-9').messages.create(request, { signal }))
      await link.arrived()
      controller.abort()
      return reply
    },
  },
  {
    name: 'abort, in the middle of a stream',
    calls: [messagesCall],
    async run(link) {
      const controller = new AbortController()
      const { signal } = controller
      const stream = anthropic(link, 'stall-5').messages.create(streamed, { signal })
      return abortedAfter(4, controller, stream)
    },
  },
  {
    name: 'timeout',
    calls: [uncounted],
    run: async (link) =>
      thrown(anthropic(link, 'hang-9').messages.create(request, { timeout: 50 })),
  },
  {
    name: 'two retries, then success',
    calls: [messagesCall],
    run: async (link) => anthropic(link, 'refuse-2', { maxRetries: 2 }).messages.create(request),
  },
  {
    name: 'client.post',
    calls: [messagesCall],
    run: async (link) => anthropic(link).post('/v1/messages', { body: request }),
  },
  {
    name: 'withOptions',
    calls: [messagesCall, uncounted],
    async run(link) {
      const client = anthropic(link)
      const copy = client.withOptions({ defaultHeaders: { 'x-team': 'support' }, maxRetries: 1 })
      const wrong = copy.withOptions({ apiKey: 'sk-wrong' })
      return {
        reply: await copy.messages.create(request),
        refused: await thrown(wrong.messages.create(request)),
        retries: [client.maxRetries, copy.maxRetries, wrong.maxRetries],
        sameClass: copy.constructor === client.constructor,
      }
    },
  },
  {
    name: 'buildURL',
    calls: [],
    run: async (link) => anthropic(link).buildURL('/v1/messages', { beta: true }),
  },
  {
    name: 'instanceof',
    calls: [uncounted],
    async run(link) {
      const client = anthropic(link, 'well', { apiKey: 'sk-wrong' })
      const promise = client.messages.create(request)
      const error = await promise.catch((caught: unknown) => caught)
      return {
        client: client instanceof Anthropic,
        promise: promise instanceof APIPromise,
        error:
          error instanceof Anthropic.AuthenticationError && error instanceof Anthropic.APIError,
      }
    },
  },
]
