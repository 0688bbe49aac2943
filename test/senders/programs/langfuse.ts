/**
 * Langfuse: `observeOpenAI`, its observations and its span processor, which sends with the exporter
 * that it is given.
 *
 * @see https://langfuse.com/integrations/model-providers/openai-js
 * @module
 */

import { observeOpenAI } from '@langfuse/openai'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { propagateAttributes, startActiveObservation } from '@langfuse/tracing'
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import OpenAI from 'openai'
import { MODELS } from './environment.ts'
import { forecast, pipeline, QUESTION } from './pipeline.ts'
import { protobuf } from './tracing.ts'

const processor = new LangfuseSpanProcessor({
  publicKey: 'pk-stand-in',
  secretKey: 'sk-stand-in',
  environment: 'production',
  release: '1.2.3',
  exporter: protobuf(),
})
new NodeTracerProvider({ spanProcessors: [processor] }).register()
const client = observeOpenAI(new OpenAI({ apiKey: 'sk-stand-in', baseURL: MODELS, maxRetries: 0 }))

const about = { sessionId: 's_1', userId: 'u_1', tags: ['production'] }
await startActiveObservation('answer question', (root) =>
  propagateAttributes(about, async () => {
    root.update({ input: { question: QUESTION }, metadata: { team: 'support' } })
    const answer = await pipeline(client, (city) =>
      startActiveObservation(
        'weather',
        async (step) => {
          const said = forecast(city)
          step.update({ input: { city }, output: said })
          return said
        },
        { asType: 'tool' },
      ),
    )
    root.update({ output: answer })
  }),
)
await processor.forceFlush()
