/**
 * Asks the agent one question, in workerd on this machine.
 *
 * `npm run example durable-agent`
 */

import { startWorker } from '../workers/start-worker.ts'

const { CARROT_BASE_URL, CARROT_API_KEY, OPENAI_BASE_URL, OPENAI_API_KEY } = process.env
const agent = await startWorker(new URL('wrangler.toml', import.meta.url), {
  CARROT_BASE_URL: CARROT_BASE_URL ?? '',
  CARROT_API_KEY: CARROT_API_KEY ?? '',
  OPENAI_API_KEY: OPENAI_API_KEY ?? '',
  OPENAI_BASE_URL: OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
})
console.log(await agent.post('How do I reset my password?'))
await agent.stop()
