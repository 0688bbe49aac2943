/**
 * What goes wrong with `@google/genai`, is aborted, or is tried again.
 *
 * @module
 */

import { abortedAfter, thrown } from '../../seen.ts'
import type { Use } from '../../use.ts'
import { genai, generateCall, request, uncounted } from './client.ts'

export const failingUses: readonly Use[] = [
  {
    name: 'abort, before it is sent',
    calls: [uncounted],
    async run(link) {
      const config = { abortSignal: AbortSignal.abort() }
      return thrown(genai(link).models.generateContent({ ...request, config }))
    },
  },
  {
    name: 'abort, while it waits for an answer',
    calls: [uncounted],
    async run(link) {
      const controller = new AbortController()
      const config = { abortSignal: controller.signal }
      const { models } = genai(link, 'hang-9')
      const reply = thrown(models.generateContent({ ...request, config }))
      await link.arrived()
      controller.abort()
      return reply
    },
  },
  {
    name: 'abort, in the middle of a stream',
    calls: [generateCall],
    async run(link) {
      const controller = new AbortController()
      const config = { abortSignal: controller.signal }
      const { models } = genai(link, 'stall-3')
      return abortedAfter(3, controller, models.generateContentStream({ ...request, config }))
    },
  },
  {
    name: 'timeout',
    calls: [uncounted],
    run: async (link) =>
      thrown(genai(link, 'hang-9', { timeout: 50 }).models.generateContent(request)),
  },
  {
    name: 'two retries, then success',
    calls: [uncounted, uncounted, generateCall],
    run: async (link) => {
      const retryOptions = { attempts: 3, initialDelay: 0.001, jitter: 0 }
      const reply = await genai(link, 'refuse-2', { retryOptions }).models.generateContent(request)
      return reply.text
    },
  },
  {
    name: 'a wrong key (401)',
    calls: [uncounted],
    run: async (link) =>
      thrown(genai(link, 'well', {}, 'sk-wrong').models.generateContent(request)),
  },
  {
    name: 'a wrong key (401), of a stream',
    calls: [uncounted],
    run: async (link) =>
      thrown(genai(link, 'well', {}, 'sk-wrong').models.generateContentStream(request)),
  },
  {
    name: 'too many requests (429)',
    calls: [uncounted],
    run: async (link) => thrown(genai(link, 'refuse-9').models.generateContent(request)),
  },
]
