/**
 * The AI SDK's telemetry: `ai.*` attributes as its versions before 7 wrote them (`VARIANT=legacy`),
 * or those of OpenTelemetry.
 *
 * @see https://ai-sdk.dev/docs/ai-sdk-core/telemetry
 * @module
 */

import { createOpenAI } from '@ai-sdk/openai'
import { LegacyOpenTelemetry, OpenTelemetry } from '@ai-sdk/otel'
import { trace } from '@opentelemetry/api'
import { generateText, isStepCount, registerTelemetry, streamText, tool } from 'ai'
import { z } from 'zod'
import { MODELS, VARIANT } from './environment.ts'
import { forecast, MISSING, MODEL, QUESTION } from './pipeline.ts'
import { json, provider } from './tracing.ts'

const tracing = provider(json())
registerTelemetry(VARIANT === 'legacy' ? new LegacyOpenTelemetry() : new OpenTelemetry())
const openai = createOpenAI({ apiKey: 'sk-stand-in', baseURL: MODELS })
const telemetry = { functionId: 'weather-desk' }

await trace.getTracer('shop').startActiveSpan('answer question', async (root) => {
  root.setAttributes({ 'session.id': 's_1', 'user.id': 'u_1' })
  await generateText({
    model: openai.chat(MODEL),
    instructions: 'Be brief.',
    prompt: QUESTION,
    tools: {
      weather: tool({
        description: 'The weather of a city.',
        inputSchema: z.object({ city: z.string() }),
        execute: async ({ city }) => forecast(city),
      }),
    },
    stopWhen: isStepCount(3),
    temperature: 0.5,
    maxOutputTokens: 100,
    telemetry,
  })
  const stream = streamText({ model: openai.chat(MODEL), prompt: 'Hello', telemetry })
  await stream.consumeStream()
  await generateText({
    model: openai.chat(MISSING),
    prompt: QUESTION,
    maxRetries: 0,
    telemetry,
  }).then(
    () => Promise.reject(new Error('There is such a model.')),
    () => undefined,
  )
  root.end()
})
await tracing.shutdown()
