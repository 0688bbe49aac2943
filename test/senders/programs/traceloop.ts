/**
 * OpenLLMetry (Traceloop): the instrumentation of the client's class, steps by its own names.
 *
 * @see https://www.traceloop.com/docs/openllmetry/getting-started-ts
 * @module
 */

import { trace } from '@opentelemetry/api'
import { OpenAIInstrumentation } from '@traceloop/instrumentation-openai'
import OpenAI from 'openai-6'
import { MODELS } from './environment.ts'
import { forecast, pipeline, QUESTION } from './pipeline.ts'
import { protobuf, provider } from './tracing.ts'

const tracing = provider(protobuf())
const instrumentation = new OpenAIInstrumentation()
instrumentation.setTracerProvider(tracing)
instrumentation.manuallyInstrument(OpenAI)
const client = new OpenAI({ apiKey: 'sk-stand-in', baseURL: MODELS, maxRetries: 0 })
const tracer = trace.getTracer('@traceloop/node-server-sdk')

await tracer.startActiveSpan('answer question.workflow', async (root) => {
  root.setAttributes({
    'traceloop.span.kind': 'workflow',
    'traceloop.entity.name': 'answer question',
    'traceloop.association.properties.session_id': 's_1',
    'traceloop.association.properties.user_id': 'u_1',
    'traceloop.entity.input': JSON.stringify({ args: [QUESTION], kwargs: {} }),
  })
  const answer = await pipeline(client as never, (city) =>
    tracer.startActiveSpan('weather.tool', async (span) => {
      const said = forecast(city)
      span.setAttributes({
        'traceloop.span.kind': 'tool',
        'traceloop.entity.name': 'weather',
        'traceloop.entity.input': JSON.stringify({ city }),
        'traceloop.entity.output': JSON.stringify(said),
      })
      span.end()
      return said
    }),
  )
  root.setAttribute('traceloop.entity.output', JSON.stringify(answer))
  root.end()
})
await tracing.shutdown()
