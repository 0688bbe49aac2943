/**
 * Weave: `init` and `wrapOpenAI`.
 *
 * @see https://docs.wandb.ai/weave/guides/integrations/openai
 * @module
 */

import OpenAI from 'openai'
import { init, wrapOpenAI } from 'weave'
import type { Application, Environment } from './contender.ts'
import { like } from './like.ts'

export async function setup({ modelUrl, collectorUrl }: Environment): Promise<Application> {
  process.env.WANDB_API_KEY = 'b'.repeat(40)
  process.env.WF_TRACE_SERVER_URL = collectorUrl
  const client = await init('bench/bench') // with the entity named it asks nobody for it
  const openai = new OpenAI({ apiKey: 'sk-bench', baseURL: modelUrl })
  return {
    client: like(wrapOpenAI(openai as never)), // it describes an older client to itself
    flush: () => client.waitForBatchProcessing(),
  }
}
