/**
 * Opik: `trackOpenAI`.
 *
 * @see https://www.comet.com/docs/opik/integrations/openai-typescript
 * @module
 */

import OpenAI from 'openai-6'
import { Opik } from 'opik'
import { trackOpenAI } from 'opik-openai'
import type { Application, Environment } from './contender.ts'
import { like } from './like.ts'

export function setup({ modelUrl, collectorUrl }: Environment): Application {
  const client = new Opik({ apiUrl: collectorUrl, apiKey: 'bench', workspaceName: 'bench' })
  const openai = new OpenAI({ apiKey: 'sk-bench', baseURL: modelUrl })
  return {
    client: like(trackOpenAI(openai as never, { client })), // its types are those of another copy
    flush: () => client.flush(),
  }
}
