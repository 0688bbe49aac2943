/**
 * OpenInference (Arize Phoenix): the instrumentation of the client's class, steps by its own names.
 *
 * @see https://arize.com/docs/phoenix/integrations/llm-providers/openai/openai-node.js-sdk
 * @module
 */

import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai'
import { trace } from '@opentelemetry/api'
import OpenAI from 'openai-6'
import { MODELS } from './environment.ts'
import { forecast, pipeline, QUESTION } from './pipeline.ts'
import { inSpan, protobuf, provider } from './tracing.ts'

const tracing = provider(protobuf())
const instrumentation = new OpenAIInstrumentation()
instrumentation.setTracerProvider(tracing)
instrumentation.manuallyInstrument(OpenAI as never) // its types are those of another copy
const client = new OpenAI({ apiKey: 'sk-stand-in', baseURL: MODELS, maxRetries: 0 })
const tracer = trace.getTracer('shop')

await inSpan(tracer, 'answer question', async (root) => {
  root.setAttributes({
    'openinference.span.kind': 'CHAIN',
    'input.value': QUESTION,
    'session.id': 's_1',
    'user.id': 'u_1',
    'tag.tags': ['production'],
    metadata: '{"team":"support"}',
  })
  const answer = await pipeline(client as never, (city) =>
    inSpan(tracer, 'weather', async (span) => {
      span.setAttributes({
        'openinference.span.kind': 'TOOL',
        'tool.name': 'weather',
        'input.value': JSON.stringify({ city }),
        'input.mime_type': 'application/json',
      })
      const said = forecast(city)
      span.setAttribute('output.value', said)
      return said
    }),
  )
  root.setAttribute('output.value', answer)
})
await tracing.shutdown()
