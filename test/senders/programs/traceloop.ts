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
import { inSpan, protobuf, provider } from './tracing.ts'

const tracing = provider(protobuf())
const instrumentation = new OpenAIInstrumentation()
instrumentation.setTracerProvider(tracing)
instrumentation.manuallyInstrument(OpenAI)
const client = new OpenAI({ apiKey: 'sk-stand-in', baseURL: MODELS, maxRetries: 0 })
const tracer = trace.getTracer('@traceloop/node-server-sdk')

await inSpan(tracer, 'answer question.workflow', async (root) => {
  root.setAttributes({
    'traceloop.span.kind': 'workflow',
    'traceloop.entity.name': 'answer question',
    'traceloop.association.properties.session_id': 's_1',
    'traceloop.association.properties.user_id': 'u_1',
    'traceloop.entity.input': JSON.stringify({ args: [QUESTION], kwargs: {} }),
  })
  const answer = await pipeline(client as never, (city) =>
    inSpan(tracer, 'weather.tool', async (span) => {
      span.setAttributes({
        'traceloop.span.kind': 'tool',
        'traceloop.entity.name': 'weather',
        'traceloop.entity.input': JSON.stringify({ city }),
      })
      const said = forecast(city)
      span.setAttribute('traceloop.entity.output', JSON.stringify(said))
      return said
    }),
  )
  root.setAttribute('traceloop.entity.output', JSON.stringify(answer))
})
await tracing.shutdown()
