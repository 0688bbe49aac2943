import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AT_ONCE, REALISTIC } from '../../examples/model-apis/handler.ts'
import { serveModelApis, type ModelServer } from '../../examples/model-apis/serve.ts'
import { startLocalCollector, type LocalCollector } from '../../worker/cli/local-collector.ts'
import { localKey } from '../../worker/cli/local-key.ts'
import { freePort } from '../../worker/cli/port.ts'
import { launchBrowser } from '../support/browser.ts'

/** `npm run pictures`: the pictures in docs are made here, at the pace of real models. */
const pictures = Boolean(process.env.PICTURES)
const root = fileURLToPath(new URL('../..', import.meta.url))

let folder: string
let key: string
let collector: LocalCollector
let models: ModelServer
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carrot-trace-'))
  key = await localKey(folder)
  models = await serveModelApis(pictures ? REALISTIC : AT_ONCE)
  collector = await start()
  browser = await launchBrowser()
  await runExample()
})

afterAll(async () => {
  await browser.close()
  await Promise.all([collector.stop(), models.close()])
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<LocalCollector> {
  return startLocalCollector({ port: await freePort(0, '127.0.0.1'), folder, key })
}

/** The example as `npm start` runs it: a program of its own, with the built package. */
function runExample(): Promise<void> {
  const child = spawn('node', [join(root, 'examples/answer-question.ts')], {
    env: {
      ...process.env,
      CARROT_BASE_URL: collector.url,
      CARROT_API_KEY: key,
      OPENAI_API_KEY: 'sk-stand-in',
      OPENAI_BASE_URL: `${models.url}/v1`,
      ANTHROPIC_API_KEY: 'sk-ant-stand-in',
      ANTHROPIC_BASE_URL: models.url,
    },
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`exit code ${code}`))))
  })
}

/** A page that fails the test on anything a strict page must not do. */
async function open(
  path: string,
  viewport = { width: 1280, height: 800 },
  colorScheme: 'light' | 'dark' = 'light',
) {
  const context = await browser.newContext({ viewport, colorScheme })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('request', (request) => {
    if (new URL(request.url()).host !== new URL(collector.url).host)
      complaints.push(`request to ${request.url()}`)
  })
  await page.goto(collector.url + path)
  return { page, complaints, close: () => context.close() }
}

/** What axe-core finds serious, in its own words. */
async function objections(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; help: string }[] }> }
    }
    return axe.run()
  })
  return violations.map(({ id, help }) => `${id}: ${help}`)
}

if (pictures) {
  it('is taken a picture of', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const { page, close } = await open('/traces', { width: 1280, height: 720 }, scheme)
      await page.screenshot({ path: join(root, `docs/images/list-${scheme}.png`) })
      await page.locator('a.open', { hasText: 'reviewAnswer' }).click()
      await page
        .getByRole('treegrid')
        .getByRole('row')
        .filter({ hasText: 'chat claude' })
        .first()
        .click()
      await page.getByText('Let me look that up.').waitFor()
      await page.screenshot({ path: join(root, `docs/images/trace-${scheme}.png`) })
      await close()
    }
    await sendDay()
    for (const scheme of ['light', 'dark'] as const) {
      const { page, close } = await open('/overview', { width: 1280, height: 800 }, scheme)
      await page.screenshot({ path: join(root, `docs/images/overview-${scheme}.png`) })
      await close()
    }
  })
}

/** A day of an application, for the overview to have something to show. */
async function sendDay(): Promise<void> {
  const models = ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'o4-mini', 'own-model']
  const traces = Array.from({ length: 400 }, (_, index) => {
    const start = Date.now() - ((index * 5417) % 997) * 86_400
    const took = 400 + ((index * 7919) % 6000) * (index % 9 === 0 ? 2 : 1)
    return {
      name: 'chat',
      status: index % 23 === 3 ? 'error' : 'success',
      started_at: new Date(start).toISOString(),
      ended_at: new Date(start + took).toISOString(),
      metadata: {
        model: models[(index * 3) % 5],
        provider: 'openai',
        input_tokens: 300 + ((index * 37) % 2500),
        output_tokens: 40 + ((index * 13) % 500),
      },
    }
  })
  for (let at = 0; at < traces.length; at += 100) {
    const response = await fetch(`${collector.url}/v1/traces/ingest`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ traces: traces.slice(at, at + 100) }),
    })
    expect(response.status).toBe(202)
  }
}

async function names(page: Page): Promise<(string | null)[]> {
  return page.locator('main a[href^="/traces/"]').allTextContents()
}

describe('the example, in the dashboard', () => {
  it('leads from the list by a filter to a trace with all its steps', async () => {
    const { page, complaints, close } = await open('/traces')
    const all = (await names(page)).join(' ')
    for (const name of ['answerQuestion', 'streamAnswer', 'reviewAnswer', 'translate'])
      expect(all).toContain(name)

    await page.locator('#q').fill('status:error')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=status/)
    expect((await names(page)).join(' ')).toContain('translate')
    expect((await names(page)).join(' ')).not.toContain('answerQuestion')

    await page.goto(`${collector.url}/traces`)
    await page.locator('a.open', { hasText: 'reviewAnswer' }).click()
    const rows = page.getByRole('treegrid').getByRole('row')
    const tree = (await rows.allTextContents()).join('\n')
    for (const step of ['reviewAnswer', 'chat claude-sonnet-4-6', 'search_articles', 'search'])
      expect(tree).toContain(step)

    const before = await rows.filter({ visible: true }).count()
    await rows.filter({ hasText: 'reviewAnswer' }).first().focus()
    await page.keyboard.press('ArrowLeft')
    expect(await rows.filter({ visible: true }).count()).toBeLessThan(before)
    await page.keyboard.press('ArrowRight')
    expect(await rows.filter({ visible: true }).count()).toBe(before)

    await rows.filter({ hasText: 'chat claude-sonnet-4-6' }).first().click()
    await page.getByText('search_articles', { exact: false }).last().waitFor()
    await page.getByText('Let me look that up.').waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  it('shows input, output, latency, model and tokens of the step of the seed', async () => {
    const { page, close } = await open('/traces')
    await page.locator('a.open', { hasText: 'answerQuestion' }).click()
    await page.locator('#tree[data-ready]').waitFor() // a row without its script is no link
    await page.getByRole('treegrid').getByRole('row').filter({ hasText: 'chat gpt-4o' }).click()
    await page.getByText('Ended', { exact: true }).waitFor() // of a call alone
    const text = (await page.locator('main').textContent()) ?? ''
    for (const fact of [
      'gpt-4o-2024-11-20',
      'Go to Settings > Security > Reset Password',
      'complete',
    ]) {
      expect(text).toContain(fact)
    }
    await close()
  })

  it('shows a trace that arrives, within 1.5 s and without a reload', async () => {
    const { page, complaints, close } = await open('/traces')
    await page.locator('#live:visible').waitFor() // the WebSocket is open
    const sent = Date.now()
    const response = await fetch(`${collector.url}/v1/traces/ingest`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ traces: [{ name: 'arrived while you watched', status: 'success' }] }),
    })
    expect(response.status).toBe(202)
    await page.locator('a.open', { hasText: 'arrived while you watched' }).waitFor()
    expect(Date.now() - sent).toBeLessThan(1500)
    expect(complaints).toEqual([])
    await close()
  })

  it('fits a phone', async () => {
    const { page, complaints, close } = await open('/traces', { width: 390, height: 844 }, 'dark')
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(await overflow()).toBeLessThanOrEqual(0)
    await page.locator('a.open', { hasText: 'answerQuestion' }).click()
    await page.getByRole('treegrid').waitFor()
    expect(await overflow()).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
    await close()
  })

  it.each(['light', 'dark'] as const)('has nothing that axe objects to, %s', async (scheme) => {
    const { page, close } = await open('/traces', undefined, scheme)
    expect(await objections(page)).toEqual([])
    await page.goto(`${collector.url}/overview`)
    expect(await objections(page)).toEqual([])
    await page.goto(`${collector.url}/traces?q=latncy:1+status:error`)
    expect(await objections(page)).toEqual([])
    await page.goto(`${collector.url}/traces`)
    await page.locator('a.open', { hasText: 'reviewAnswer' }).click()
    await page.getByRole('treegrid').waitFor()
    expect(await objections(page)).toEqual([])
    await close()
  })

  it('is there after a restart', async () => {
    const { traces } = await list()
    await collector.stop()
    collector = await start()
    expect((await list()).traces.map(({ trace_id }) => trace_id)).toEqual(
      traces.map(({ trace_id }) => trace_id),
    )
  })

  it('holds no key', async () => {
    const { traces } = await list()
    const bodies: string[] = []
    for (const { trace_id } of traces) {
      const trace = (await (await fetch(`${collector.url}/v1/traces/${trace_id}`)).json()) as {
        spans: { id: string }[]
      }
      bodies.push(JSON.stringify(trace))
      for (const { id } of trace.spans)
        bodies.push(await (await fetch(`${collector.url}/v1/spans/${id}`)).text())
    }
    expect(bodies.length).toBeGreaterThan(12)
    for (const secret of [key, 'sk-stand-in', 'sk-ant-stand-in'])
      expect(bodies.join()).not.toContain(secret)
  })
})

async function list(): Promise<{ traces: { trace_id: string }[] }> {
  return (await (await fetch(`${collector.url}/v1/traces`)).json()) as {
    traces: { trace_id: string }[]
  }
}
