/**
 * LangSmith: `wrapOpenAI`.
 *
 * @see https://docs.langchain.com/langsmith/trace-openai
 * @module
 */

import { Client } from 'langsmith'
import { wrapOpenAI } from 'langsmith/wrappers'
import OpenAI from 'openai'
import type { Application, Environment } from './contender.ts'
import { like } from './like.ts'

export function setup({ modelUrl, collectorUrl }: Environment): Application {
  process.env.LANGSMITH_TRACING = 'true'
  const client = new Client({ apiUrl: collectorUrl, apiKey: 'bench' })
  return {
    client: like(wrapOpenAI(new OpenAI({ apiKey: 'sk-bench', baseURL: modelUrl }), { client })),
    flush: () => client.awaitPendingTraceBatches(),
  }
}
