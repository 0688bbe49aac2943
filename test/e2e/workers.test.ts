import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AT_ONCE, REALISTIC } from '../../examples/model-apis/handler.ts'
import { serveModelApis, type ModelServer } from '../../examples/model-apis/serve.ts'
import { startHelpDesk, type HelpDesk } from '../../examples/workers/help-desk.ts'
import { startLocalCollector, type LocalCollector } from '../../worker/cli/local-collector.ts'
import { localKey } from '../../worker/cli/local-key.ts'
import { freePort } from '../../worker/cli/port.ts'
import { launchBrowser } from '../support/browser.ts'

/** `npm run pictures` takes the one of docs/workers.md here, at the pace of real models. */
const pictures = Boolean(process.env.PICTURES)
const root = fileURLToPath(new URL('../..', import.meta.url))

let folder: string
let collector: LocalCollector
let models: ModelServer
let helpDesk: HelpDesk
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'help-desk-'))
  const key = await localKey(folder)
  models = await serveModelApis(pictures ? REALISTIC : AT_ONCE)
  collector = await startLocalCollector({ port: await freePort(0, '127.0.0.1'), folder, key })
  helpDesk = await startHelpDesk({
    CARROT_BASE_URL: collector.url,
    CARROT_API_KEY: key,
    OPENAI_API_KEY: 'sk-stand-in',
    OPENAI_BASE_URL: `${models.url}/v1`,
  })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
  await helpDesk.stop()
  await Promise.all([collector.stop(), models.close()])
  await rm(folder, { recursive: true, force: true })
})

interface Listed {
  trace_id: string
  name: string
}

interface Shown {
  spans: { name: string; status: string }[]
}

async function ask<Answer>(path: string): Promise<Answer> {
  return (await fetch(collector.url + path)).json()
}

/** The one trace, when its last step has ended. */
async function reviewed(): Promise<Listed> {
  for (;;) {
    const { traces } = await ask<{ traces: Listed[] }>('/v1/traces')
    const [trace] = traces
    const { spans } = trace ? await ask<Shown>(`/v1/traces/${trace.trace_id}`) : { spans: [] }
    const isOver = spans.some(({ name, status }) => name === 'review' && status === 'success')
    if (trace && isOver) return trace
  }
}

describe('a help desk of a Worker, a Durable Object, a Queue and a Workflow', () => {
  it.each(['light', 'dark'] as const)('is one trace in the dashboard, %s', async (colorScheme) => {
    if (colorScheme === 'light') await helpDesk.ask('How do I reset my password?')
    const { trace_id, name } = await reviewed()
    expect(name).toBe('POST /')
    const context = await browser.newContext({
      viewport: { width: 1280, height: 720 },
      colorScheme,
    })
    const page = await context.newPage()
    await page.goto(`${collector.url}/traces/${trace_id}`)
    const rows = page.getByRole('treegrid').getByRole('row')
    const tree = (await rows.allTextContents()).join('\n')
    const steps = [
      'POST /',
      'ConversationObject.answer',
      'start review',
      'review',
      'grade',
      'improve',
    ]
    for (const step of steps) expect(tree).toContain(step)
    expect(tree.match(/chat gpt-4o/g)).toHaveLength(3)
    if (pictures) {
      await rows.filter({ hasText: 'review' }).nth(1).click()
      await page.screenshot({ path: join(root, `docs/images/workers-${colorScheme}.png`) })
    }
    await context.close()
  })
})
