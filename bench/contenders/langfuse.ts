/**
 * Langfuse: `observeOpenAI` and its span processor.
 *
 * @see https://langfuse.com/integrations/model-providers/openai-js
 * @module
 */

import { observeOpenAI } from '@langfuse/openai'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import OpenAI from 'openai'
import type { Application, Environment } from './contender.ts'

export function setup({ modelUrl, collectorUrl }: Environment): Application {
  const processor = new LangfuseSpanProcessor({
    publicKey: 'pk-bench',
    secretKey: 'sk-bench',
    baseUrl: collectorUrl,
  })
  new NodeTracerProvider({ spanProcessors: [processor] }).register()
  return {
    client: observeOpenAI(new OpenAI({ apiKey: 'sk-bench', baseURL: modelUrl })),
    flush: () => processor.forceFlush(),
  }
}
