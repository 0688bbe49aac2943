/**
 * The client as it comes: what everything is compared with.
 *
 * @module
 */

import OpenAI from 'openai'
import type { Application, Environment } from './contender.ts'

export function setup({ modelUrl }: Environment): Application {
  return {
    client: new OpenAI({ apiKey: 'sk-bench', baseURL: modelUrl }),
    fetch: (input, init) => fetch(input, init),
    flush: async () => undefined,
  }
}
