/**
 * OpenInference (Arize Phoenix): the instrumentation of the client's class.
 *
 * @see https://arize.com/docs/phoenix/integrations/llm-providers/openai/openai-node.js-sdk
 * @module
 */

import OpenAI from 'openai-6'
import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai'
import type { Application, Environment } from './contender.ts'
import { like } from './like.ts'
import { provider } from './open-telemetry.ts'

export function setup({ modelUrl, collectorUrl }: Environment): Application {
  const tracing = provider(collectorUrl)
  const instrumentation = new OpenAIInstrumentation()
  instrumentation.setTracerProvider(tracing)
  instrumentation.manuallyInstrument(OpenAI as never) // its types are those of another copy
  return {
    client: like(new OpenAI({ apiKey: 'sk-bench', baseURL: modelUrl })),
    flush: () => tracing.forceFlush(),
  }
}
