/**
 * The helpers of `openai` on top of chat completions: event streams, parsed answers, tool loops.
 *
 * @module
 */

import { zodResponseFormat } from 'openai/helpers/zod'
import { z } from 'zod'
import { thrown } from '../../seen.ts'
import type { Use } from '../../use.ts'
import { chat, chatCall, counted, openai, uncounted, weather } from './client.ts'

const Forecast = z.object({ city: z.string(), days: z.number() })

export const helperUses: readonly Use[] = [
  {
    name: '.stream() helper',
    calls: [chatCall],
    async run(link) {
      const { model, messages, stream_options } = counted
      const stream = openai(link).chat.completions.stream({ model, messages, stream_options })
      const events: unknown[] = []
      stream
        .on('connect', () => events.push('connect'))
        .on('content.delta', ({ delta, snapshot }) => events.push({ delta, snapshot }))
        .on('content.done', ({ content }) => events.push({ content }))
        .on('end', () => events.push('end'))
      const [content, usage, completion] = await Promise.all([
        stream.finalContent(),
        stream.totalUsage(),
        stream.finalChatCompletion(),
      ])
      return { events, content, usage, completion }
    },
  },
  {
    name: '.stream() helper, of a tool call',
    calls: [uncounted],
    run: async (link) => {
      const stream = openai(link).chat.completions.stream({ ...chat, tools: [weather] })
      const events: unknown[] = []
      stream.on('tool_calls.function.arguments.done', (event) => events.push(event))
      return { message: await stream.finalMessage(), events }
    },
  },
  {
    name: '.stream() helper, aborted',
    calls: [uncounted],
    async run(link) {
      const stream = openai(link, 'stall-3').chat.completions.stream(chat)
      const events: unknown[] = []
      stream.on('abort', ({ constructor, message }) => events.push([constructor.name, message]))
      stream.on('chunk', (chunk) => {
        if (events.push(chunk) === 3) stream.abort()
      })
      return { ended: await thrown(stream.done()), events, aborted: stream.aborted }
    },
  },
  {
    name: '.parse()',
    calls: [chatCall],
    async run(link) {
      const reply = await openai(link).chat.completions.parse({
        ...chat,
        response_format: zodResponseFormat(Forecast, 'forecast'),
      })
      return { reply, parsed: reply.choices[0]?.message.parsed }
    },
  },
  {
    name: '.runTools()',
    calls: [chatCall, chatCall],
    async run(link) {
      const ran: unknown[] = []
      const runner = openai(link).chat.completions.runTools({
        ...chat,
        tools: [
          {
            type: 'function',
            function: {
              name: 'weather',
              description: 'Says how the weather will be.',
              parameters: weather.function.parameters,
              parse: (text: string) => Forecast.parse(JSON.parse(text)),
              function: (asked: z.infer<typeof Forecast>) => {
                ran.push(asked)
                return 'Sunny'
              },
            },
          },
        ],
      })
      const content = await runner.finalContent()
      return { content, ran, messages: runner.messages, usage: await runner.totalUsage() }
    },
  },
]
