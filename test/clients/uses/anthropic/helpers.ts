/**
 * The helpers of Anthropic's client: event streams, parsed answers, tool loops, pages.
 *
 * @module
 */

import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod'
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod'
import { z } from 'zod'
import { collected, thrown } from '../../seen.ts'
import type { Use } from '../../use.ts'
import { anthropic, messagesCall, request, search } from './client.ts'

const Forecast = z.object({ city: z.string(), days: z.number() })

export const helperUses: readonly Use[] = [
  {
    name: '.stream() helper',
    calls: [messagesCall],
    async run(link) {
      const stream = anthropic(link).messages.stream(request)
      const events: unknown[] = []
      stream
        .on('connect', () => events.push('connect'))
        .on('text', (delta, snapshot) => events.push({ delta, snapshot }))
        .on('contentBlock', (block) => events.push({ block }))
        .on('end', () => events.push('end'))
      const { data, response, request_id } = await stream.withResponse()
      const message = await data.finalMessage()
      return { events, message, text: await data.finalText(), status: response.status, request_id }
    },
  },
  {
    name: '.stream() helper, of a tool call',
    calls: [messagesCall],
    async run(link) {
      const stream = anthropic(link).messages.stream({ ...request, tools: [search] })
      const pieces: unknown[] = []
      stream.on('inputJson', (piece, snapshot) => pieces.push({ piece, snapshot }))
      return { message: await stream.finalMessage(), pieces }
    },
  },
  {
    name: '.stream() helper, iterated',
    calls: [messagesCall],
    run: async (link) => collected(anthropic(link).messages.stream(request)),
  },
  {
    name: '.stream() helper, aborted',
    calls: [messagesCall],
    async run(link) {
      const stream = anthropic(link, 'stall-5').messages.stream(request)
      const texts: string[] = []
      stream.on('text', (text) => {
        if (texts.push(text) === 2) stream.abort()
      })
      return { ended: await thrown(stream.done()), texts, aborted: stream.aborted }
    },
  },
  {
    name: '.parse()',
    calls: [messagesCall],
    async run(link) {
      const reply = await anthropic(link).messages.parse({
        ...request,
        output_config: { format: zodOutputFormat(Forecast) },
      })
      return { reply, parsed: reply.parsed_output }
    },
  },
  {
    name: '.toolRunner()',
    calls: [messagesCall, messagesCall],
    async run(link) {
      const ran: unknown[] = []
      const tool = betaZodTool({
        name: 'search',
        description: search.description,
        inputSchema: z.object({ query: z.string(), limit: z.number() }),
        run(asked) {
          ran.push(asked)
          return 'Nothing'
        },
      })
      const runner = anthropic(link).beta.messages.toolRunner({ ...request, tools: [tool] })
      return { messages: await collected(runner), ran }
    },
  },
  {
    name: 'models.list, with auto-paging',
    calls: [],
    run: async (link) => collected(anthropic(link).models.list()),
  },
]
