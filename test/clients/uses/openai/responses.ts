/**
 * The Responses API with `openai`.
 *
 * @module
 */

import { zodTextFormat } from 'openai/helpers/zod'
import { z } from 'zod'
import { abortedAfter, collected, first } from '../../seen.ts'
import { call, type Use } from '../../use.ts'
import { openai } from './client.ts'

const request = { model: 'gpt-4o', input: 'How do I reset my password? Grüße 👋' }
const streamed = { ...request, stream: true as const }
const Forecast = z.object({ city: z.string(), days: z.number() })
const weather = {
  type: 'function' as const,
  name: 'weather',
  strict: true,
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
}
const responsesCall = call('openai.responses')
const uncounted = call('openai.responses', { tokens: false })

export const responsesUses: readonly Use[] = [
  {
    name: 'responses',
    calls: [responsesCall],
    async run(link) {
      const response = await openai(link).responses.create(request)
      return { response, text: response.output_text }
    },
  },
  {
    name: 'responses, stream',
    calls: [responsesCall],
    run: async (link) => collected(openai(link).responses.create(streamed)),
  },
  {
    name: 'responses, stream of a tool call',
    calls: [responsesCall],
    run: async (link) =>
      collected(openai(link).responses.create({ ...streamed, tools: [weather] })),
  },
  {
    name: 'responses, stream left early',
    calls: [uncounted],
    run: async (link) => first(4, openai(link, 'stall-4').responses.create(streamed)),
  },
  {
    name: 'responses, stream aborted',
    calls: [uncounted],
    async run(link) {
      const controller = new AbortController()
      const { signal } = controller
      const stream = openai(link, 'stall-4').responses.create(streamed, { signal })
      return abortedAfter(4, controller, stream)
    },
  },
  {
    name: 'responses, .stream() helper',
    calls: [responsesCall],
    async run(link) {
      const stream = openai(link).responses.stream(request)
      const deltas: string[] = []
      stream.on('response.output_text.delta', ({ delta }) => deltas.push(delta))
      const events = await collected(stream)
      return { events, deltas, final: await stream.finalResponse() }
    },
  },
  {
    name: 'responses, .parse()',
    calls: [responsesCall],
    async run(link) {
      const response = await openai(link).responses.parse({
        ...request,
        text: { format: zodTextFormat(Forecast, 'forecast') },
      })
      return { response, parsed: response.output_parsed }
    },
  },
]
