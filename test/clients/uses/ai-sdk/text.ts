/**
 * What is done with the AI SDK and a language model, whichever provider it is of.
 *
 * @module
 */

import {
  createUIMessageStreamResponse,
  generateText,
  isStepCount,
  Output,
  streamText,
  tool,
  ToolLoopAgent,
  toUIMessageStream,
} from 'ai'
import { z } from 'zod'
import { collected, first, thrown } from '../../seen.ts'
import { call, type Use } from '../../use.ts'
import type { Provider } from './providers.ts'
import { told, toldStream } from './told.ts'

const prompt = 'How do I reset my password? Grüße 👋'
const Forecast = z.object({ city: z.string(), days: z.number() })
const search = tool({
  description: 'Looks for articles.',
  inputSchema: z.record(z.string(), z.unknown()),
  execute: async (asked) => ({ found: Object.keys(asked).length }),
})
const loop = { prompt, tools: { search }, stopWhen: isStepCount(3) }

export function textUses({ name, format, countsEarly, textsInFive, model }: Provider): Use[] {
  const counted = call(format)
  const uncounted = call(format, { tokens: false })
  const left = call(format, { tokens: countsEarly })
  const uses: Use[] = [
    {
      name: 'generateText',
      calls: [counted],
      run: async (link) => told(await generateText({ model: model(link), prompt })),
    },
    {
      name: 'generateText, with tools',
      calls: [counted, counted],
      async run(link) {
        const reply = await generateText({ model: model(link), ...loop })
        const steps = reply.steps.map(({ toolCalls, toolResults }) => [toolCalls, toolResults])
        return { ...told(reply), steps }
      },
    },
    {
      name: 'generateText, of an object',
      calls: [counted],
      async run(link) {
        const output = Output.object({ schema: Forecast })
        const reply = await generateText({ model: model(link), prompt, output })
        return { ...told(reply), output: reply.output }
      },
    },
    {
      name: 'streamText',
      calls: [counted],
      run: async (link) => toldStream(streamText({ model: model(link), prompt })),
    },
    {
      name: 'streamText, with tools',
      calls: [counted, counted],
      run: async (link) => toldStream(streamText({ model: model(link), ...loop })),
    },
    {
      name: 'streamText, of an object',
      calls: [counted],
      async run(link) {
        const output = Output.object({ schema: Forecast })
        const reply = streamText({ model: model(link), prompt, output })
        return { partial: await collected(reply.partialOutputStream), whole: await reply.output }
      },
    },
    {
      name: 'ToolLoopAgent',
      calls: [counted, counted],
      async run(link) {
        const agent = new ToolLoopAgent({ model: model(link), tools: { search } })
        return told(await agent.generate({ prompt }))
      },
    },
    {
      name: 'streamText, left early by break, which leaves the call open',
      calls: [left],
      run: async (link) => {
        const { textStream } = streamText({ model: model(link, 'stall-5'), prompt })
        return first(1, textStream)
      },
    },
    {
      name: 'streamText, cut off by the network',
      calls: [left],
      run: async (link) =>
        toldStream(streamText({ model: model(link, 'cut-5'), prompt, onError() {} })),
    },
    {
      name: 'streamText, with an error in it',
      calls: [left],
      run: async (link) =>
        toldStream(streamText({ model: model(link, 'fail-5'), prompt, onError() {} })),
    },
    {
      name: 'streamText, served as a UI message stream',
      calls: [counted],
      async run(link) {
        const { stream } = streamText({ model: model(link), prompt })
        const response = createUIMessageStreamResponse({ stream: toUIMessageStream({ stream }) })
        return response.text()
      },
    },
    {
      name: 'abort, before it is sent',
      calls: [uncounted],
      run: async (link) =>
        thrown(generateText({ model: model(link), prompt, abortSignal: AbortSignal.abort() })),
    },
    {
      name: 'abort, while it waits for an answer',
      calls: [uncounted],
      async run(link) {
        const controller = new AbortController()
        const abortSignal = controller.signal
        const reply = thrown(generateText({ model: model(link, 'hang-9'), prompt, abortSignal }))
        await link.arrived()
        controller.abort()
        return reply
      },
    },
    {
      name: 'abort, in the middle of a stream',
      calls: [left],
      async run(link) {
        const controller = new AbortController()
        const abortSignal = controller.signal
        const stream = streamText({ model: model(link, 'stall-5'), prompt, abortSignal })
        let texts = 0
        return toldStream(stream, ({ type }) => {
          if (type === 'text-delta') texts += 1
          if (texts === textsInFive) controller.abort()
        })
      },
    },
    {
      name: 'timeout',
      calls: [uncounted],
      run: async (link) =>
        thrown(generateText({ model: model(link, 'hang-9'), prompt, timeout: 50 })),
    },
    {
      name: 'two retries, then success',
      calls: [uncounted, uncounted, counted],
      run: async (link) => told(await generateText({ model: model(link, 'refuse-2'), prompt })),
    },
    {
      name: 'a wrong key (401)',
      calls: [uncounted],
      run: async (link) => thrown(generateText({ model: model(link, 'well', 'sk-wrong'), prompt })),
    },
    {
      name: 'too many requests (429)',
      calls: [uncounted],
      run: async (link) =>
        thrown(generateText({ model: model(link, 'refuse-9'), prompt, maxRetries: 0 })),
    },
  ]
  return uses.map((use) => ({ ...use, name: `${name}: ${use.name}` }))
}
