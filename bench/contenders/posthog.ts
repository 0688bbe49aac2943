/**
 * PostHog: its own subclass of the client.
 *
 * It imports `openai` by that name, so here it runs on the newest, which is newer than it asks for.
 *
 * @see https://posthog.com/docs/ai-observability/installation/openai
 * @module
 */

import { OpenAI } from '@posthog/ai/openai'
import { PostHog } from 'posthog-node'
import type { Application, Environment } from './contender.ts'
import { like } from './like.ts'

export function setup({ modelUrl, collectorUrl }: Environment): Application {
  const posthog = new PostHog('phc_bench', { host: collectorUrl })
  return {
    client: like(new OpenAI({ apiKey: 'sk-bench', baseURL: modelUrl, posthog })),
    flush: () => posthog.flush(),
  }
}
