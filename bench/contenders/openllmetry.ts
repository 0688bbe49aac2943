/**
 * OpenLLMetry: the instrumentation of the client's class.
 *
 * @see https://www.traceloop.com/docs/openllmetry/getting-started-ts
 * @module
 */

import OpenAI from 'openai-6'
import { OpenAIInstrumentation } from '@traceloop/instrumentation-openai'
import type { Application, Environment } from './contender.ts'
import { like } from './like.ts'
import { provider } from './open-telemetry.ts'

export function setup({ modelUrl, collectorUrl }: Environment): Application {
  const tracing = provider(collectorUrl)
  const instrumentation = new OpenAIInstrumentation()
  instrumentation.setTracerProvider(tracing)
  instrumentation.manuallyInstrument(OpenAI)
  return {
    client: like(new OpenAI({ apiKey: 'sk-bench', baseURL: modelUrl })),
    flush: () => tracing.forceFlush(),
  }
}
