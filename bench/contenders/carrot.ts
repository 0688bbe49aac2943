/**
 * carrot-trace, as built (`npm run build` at the root), with its defaults.
 *
 * @module
 */

import OpenAI from 'openai'
import * as carrot from '../../dist/index.js'
import type { Application, Environment } from './contender.ts'

export function setup({ modelUrl, collectorUrl }: Environment): Application {
  carrot.init({ apiKey: 'sk-bench', baseUrl: collectorUrl, onError: () => {} })
  return {
    client: carrot.wrap(new OpenAI({ apiKey: 'sk-bench', baseURL: modelUrl })),
    fetch: carrot.fetch,
    flush: carrot.flush,
    leavesByItself: true,
  }
}
