/**
 * Braintrust: `initLogger` and `wrapOpenAI`.
 *
 * @see https://www.braintrust.dev/docs/providers/openai
 * @module
 */

import { initLogger, wrapOpenAI } from 'braintrust'
import OpenAI from 'openai'
import type { Application, Environment } from './contender.ts'
import { like } from './like.ts'

export function setup({ modelUrl, collectorUrl }: Environment): Application {
  const logger = initLogger({ projectName: 'bench', apiKey: 'bench', appUrl: collectorUrl })
  return {
    client: like(wrapOpenAI(new OpenAI({ apiKey: 'sk-bench', baseURL: modelUrl }))),
    flush: () => logger.flush(),
  }
}
