/**
 * The client as it comes, one major version back: what those are compared with that ask for it.
 *
 * @module
 */

import OpenAI from 'openai-6'
import type { Application, Environment } from './contender.ts'
import { like } from './like.ts'

export function setup({ modelUrl }: Environment): Application {
  return {
    client: like(new OpenAI({ apiKey: 'sk-bench', baseURL: modelUrl })),
    flush: async () => undefined,
  }
}
