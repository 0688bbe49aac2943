/**
 * `npm run -s build && npx node examples/workers/start.ts`: the help desk on Workers, a collector and a dashboard to see it in.
 *
 * Runs against the real OpenAI API where `OPENAI_API_KEY` is set, else against a stand-in, and stays up until
 * it is told to stop.
 */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startLocalCollector } from '../../worker/cli/local-collector.ts'
import { localKey } from '../../worker/cli/local-key.ts'
import { freePort } from '../../worker/cli/port.ts'
import { REALISTIC } from '../model-apis/handler.ts'
import { serveModelApis } from '../model-apis/serve.ts'
import { startHelpDesk } from './help-desk.ts'

const folder = await mkdtemp(join(tmpdir(), 'help-desk-'))
const key = await localKey(folder)
const collector = await startLocalCollector({
  port: await freePort(8787, '127.0.0.1'),
  folder,
  key,
})
const models = await serveModelApis(REALISTIC)
const { OPENAI_API_KEY } = process.env
const helpDesk = await startHelpDesk({
  CARROT_BASE_URL: collector.url,
  CARROT_API_KEY: key,
  OPENAI_API_KEY: OPENAI_API_KEY ?? 'sk-stand-in',
  OPENAI_BASE_URL: OPENAI_API_KEY ? 'https://api.openai.com/v1' : `${models.url}/v1`,
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.removeAllListeners(signal) // wrangler's own would end the process before all has been written
  process.on(signal, () => void stop())
}

const question = 'How do I reset my password?'
console.log(`${question}\n  ${await helpDesk.ask(question)}`)
console.log(`The trace grows while the answer is reviewed: ${collector.url}/traces\nCtrl-C stops.`)

async function stop(): Promise<void> {
  await Promise.all([helpDesk.stop(), collector.stop(), models.close()])
  await rm(folder, { recursive: true, force: true })
  process.exit(0)
}
