import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { account, PASSWORD } from './support/account.ts'
import { memoryStore } from './support/memory-store.ts'
import { app, serve } from './support/server.ts'
import { traceIdOf } from './support/spans.ts'
import { ANSWER, said, spoken } from './support/spoken.ts'
import { visitor } from './support/visitor.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser.close())

/** What axe-core finds, in its own words, and how far the page can be moved to the side. */
async function objections(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations }: axe.AxeResults = await Reflect.get(globalThis, 'axe').run()
    const aside = document.documentElement.scrollWidth - innerWidth
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`,
    )
    return aside === 0 ? found : [...found, `${aside} px wider than the window`]
  })
}

const WIDE = `| ${'column | '.repeat(14)}\n|${' --- |'.repeat(14)}\n| ${'some value | '.repeat(14)}`
const texts = spoken(['one', 'two', 'three'])
const LONG = `[x](https://${'a'.repeat(60)}.example/${'a'.repeat(900)}) \`${'y'.repeat(400)}\``

describe('a message in Markdown', () => {
  const spans = [
    ...said('answer', { role: 'assistant', content: ANSWER }),
    ...said('wide', {
      role: 'assistant',
      content: `${WIDE}\n\n${LONG}\n\n\`\`\`\n${LONG}\n\`\`\``,
    }),
  ]

  it('is read as it was written where its reader asks for it, step by step, also without scripts', async () => {
    await using site = await serve(app(memoryStore(() => spans)))
    for (const javaScriptEnabled of [true, false]) {
      await using visit = await visitor(browser, site.origin, { javaScriptEnabled })
      const { page } = visit
      await page.goto(`/traces/${traceIdOf('answer')}`)
      const answer = page.locator('.turn.r-assistant')
      await answer.locator('strong', { hasText: 'only' }).waitFor()
      await page.getByRole('link', { name: 'Plain' }).click()
      await answer.getByText('Retry **only** what').waitFor()
      await page.waitForURL('**?view=plain')
      expect(await answer.locator('strong').count()).toBe(0)
      await page.locator('tbody a').first().click()
      await answer.getByText('Retry **only** what').waitFor()
      expect(page.url()).toContain('?view=plain')
    }
  })

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 320],
  ] as const)('can be read by everyone: %s, %d px', async (colorScheme, width) => {
    await using site = await serve(app(memoryStore(() => spans)))
    const viewport = { width, height: 844 }
    await using visit = await visitor(browser, site.origin, { colorScheme, viewport })
    for (const trace of ['answer', 'wide']) {
      await visit.page.goto(`/traces/${traceIdOf(trace)}`)
      expect(await objections(visit.page)).toEqual([])
    }
    expect(visit.complaints).toEqual([])
  })
})

describe('a trace', () => {
  it('leads to the next of its search and back by keys, also after a step was read', async () => {
    await using site = await serve(app(memoryStore(() => texts)))
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    await page.goto('/traces?q=model:gpt-4o')
    await page.locator('a.open', { hasText: 'said 0' }).click()
    await page.locator('tbody tr a').first().click()
    await page.waitForURL('**/spans/*?in=*')
    await page.keyboard.press('J')
    await page.locator('h1', { hasText: 'said 1' }).waitFor()
    await page.keyboard.press('J')
    await page.locator('h1', { hasText: 'said 2' }).waitFor()
    await page.keyboard.press('K')
    await page.locator('h1', { hasText: 'said 1' }).waitFor()
    expect(await objections(page)).toEqual([])
    await page.getByRole('link', { name: 'Found: model:gpt-4o' }).click()
    await page.waitForURL('**/traces?q=model:gpt-4o')
    expect(complaints).toEqual([])
  })
})

describe('a search', () => {
  async function loggedIn(options: BrowserContextOptions = {}) {
    const stack = new AsyncDisposableStack()
    const { app, known } = account()
    const { origin } = stack.use(await serve(app))
    const { page } = stack.use(await visitor(browser, origin, options))
    await page.goto('/traces')
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.waitForURL('**/traces')
    return { page, known, [Symbol.asyncDispose]: () => stack.disposeAsync() }
  }
  const names = (page: Page) =>
    page.getByRole('navigation', { name: 'Saved views' }).locator('a').allTextContents()

  it('is saved, opened, renamed and removed, without scripts', async () => {
    await using session = await loggedIn({ javaScriptEnabled: false })
    const { page } = session
    const save = async (search: string, name: string) => {
      await page.goto(`/traces?${search}`)
      await page.getByText('Save this view').click()
      await page.getByLabel(/^Name; the same/).fill(name)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByRole('link', { name, exact: true }).waitFor()
    }
    await save('q=status:error&sort=-latency', 'Failed')
    await save('q=tag:production&range=30d', '<b>Live</b>')
    expect(await names(page)).toEqual(['<b>Live</b>', 'Failed'])
    await page.goto('/traces')
    await page.getByRole('link', { name: 'Failed', exact: true }).click()
    await page.waitForURL('**/traces?q=status:error&sort=-latency')
    expect(await page.locator('.saved a[aria-current]').allTextContents()).toEqual(['Failed'])

    await page.getByText('Change views').click()
    await page.getByRole('combobox', { name: /^View/ }).selectOption('Failed')
    await page.getByLabel('New name').fill('Slow failures')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Slow failures' }).waitFor()
    await page.getByText('Change views').click()
    await page.getByRole('combobox', { name: /^View/ }).selectOption('<b>Live</b>')
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.waitForURL('**/traces')
    expect(await names(page)).toEqual(['Slow failures'])
  })

  it.each([
    ['light', 1280],
    ['dark', 390],
    ['light', 320],
  ] as const)('can be saved by everyone: %s, %d px', async (colorScheme, width) => {
    const viewport = { width, height: 844 }
    await using session = await loggedIn({ colorScheme, viewport })
    const { page, known } = session
    const [project] = await known.projects()
    const views = Array.from({ length: 20 }, (_, number) => ({
      name: `view ${number} `.padEnd(60, 'x'),
      search: `q=${number}`,
    }))
    await known.changeSettings(project?.id ?? '', { views })
    await page.goto('/traces?q=status:error')
    for (const summary of await page.locator('.saved summary').all()) await summary.click()
    expect(await objections(page)).toEqual([])
  })
})
