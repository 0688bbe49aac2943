/**
 * A Worker as an application would write it, for workerd with other compatibility flags than the
 * test runner needs for itself.
 *
 * @module
 */

import * as carrot from 'carrot-trace'
import {
  observePipelines,
  observeScenarios,
  observeStandard,
  observeUnhandled,
  observeWire,
} from '../fidelity/observe.ts'
import { openai } from '../fidelity/scenarios.ts'

interface Env {
  MODELS: string
  WIRE: string
  COLLECTOR: string
}

const streamed = carrot.trace(async function streamed(models: string) {
  const response = await carrot.fetch(`${models}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({
      model: 'gpt-4o',
      stream: true,
      messages: [{ role: 'user', content: 'refund?' }],
    }),
  })
  return response
})

export default {
  async fetch(request: Request, { MODELS, WIRE, COLLECTOR }: Env): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/scenarios') return Response.json(await observeScenarios(MODELS))
    if (pathname === '/wire') return Response.json(await observeWire(WIRE))
    if (pathname === '/standard') return Response.json(await observeStandard(WIRE))
    if (pathname === '/unhandled') return Response.json(await observeUnhandled(WIRE))
    if (pathname === '/ambient') return Response.json(await observePipelines(MODELS, 'auto'))
    if (pathname === '/explicit') return Response.json(await observePipelines(MODELS, 'off'))
    carrot.init({ apiKey: 'sk-test', baseUrl: COLLECTOR, onError: () => {} })
    if (pathname === '/streamed') return streamed(MODELS) // the reply of the model is the reply of the Worker
    await carrot.span('whole', (span) => {
      const request = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'refund?' }] }
      return span.wrap(openai(carrot.fetch, MODELS)).chat.completions.create(request)
    })
    return new Response('done') // and nobody calls flush
  },
}
