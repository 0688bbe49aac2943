/**
 * Sentry: `instrumentOpenAiClient`, every trace sampled, prompts and answers recorded.
 *
 * @see https://docs.sentry.io/platforms/javascript/guides/node/configuration/integrations/openai/
 * @module
 */

import * as Sentry from '@sentry/node'
import OpenAI from 'openai'
import type { Application, Environment } from './contender.ts'
import { like } from './like.ts'

const FLUSH_MS = 10_000

export function setup({ modelUrl, collectorUrl }: Environment): Application {
  Sentry.init({
    dsn: `${collectorUrl.replace('://', '://bench@')}/1`,
    tracesSampleRate: 1,
  })
  const openai = new OpenAI({ apiKey: 'sk-bench', baseURL: modelUrl })
  return {
    client: like(
      Sentry.instrumentOpenAiClient(openai, { recordInputs: true, recordOutputs: true }),
    ),
    flush: () => Sentry.flush(FLUSH_MS),
  }
}
