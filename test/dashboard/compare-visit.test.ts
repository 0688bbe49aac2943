import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { cached, pair } from './support/compared.ts'
import { memoryStore } from './support/memory-store.ts'
import { brokenTrace, longNames, runningTrace } from './support/samples.ts'
import { app, serve, type Site } from './support/server.ts'
import { traceIdOf, uuid } from './support/spans.ts'
import { visitor } from './support/visitor.ts'

let browser: Browser
let site: Site

beforeAll(async () => {
  const spans = [...pair(), ...cached(), ...runningTrace(), ...brokenTrace(), ...longNames()]
  site = await serve(app(memoryStore(() => spans)))
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
})

const step = (trace: string, name: string) => uuid(`${trace}/${name}`)
const compared = (a: string, b: string, more = '') =>
  `/compare?a=${traceIdOf(a)}&b=${traceIdOf(b)}${more}`
const cacheOf = (name: string) =>
  `/traces/${traceIdOf('cached')}/spans/${step('cached', name)}?view=cache`

const PAGES = [
  '/compare',
  '/compare?a=x&b=y',
  `/compare?b=${traceIdOf('monday')}`,
  compared('monday', 'tuesday'),
  compared('monday', 'tuesday', '&only=diff'),
  compared('monday', 'tuesday', `&step=${step('monday', 'answer')}~${step('tuesday', 'answer')}`),
  compared('monday', 'tuesday', `&step=${step('monday', 'web_search')}~`),
  compared('running', 'broken'),
  compared('long names', 'monday'),
  `/compare?a=${step('monday', 'answer')}&b=${step('tuesday', 'answer')}`,
  cacheOf('first'),
  cacheOf('third'),
]

describe('comparing without scripts', () => {
  it('goes from a trace to the one before, and to a pair of steps', async () => {
    await using visit = await visitor(browser, site.origin, { javaScriptEnabled: false })
    const { page } = visit
    await page.goto(`/traces/${traceIdOf('tuesday')}`)
    await page.getByRole('link', { name: 'Compare' }).click()
    await page.getByRole('link', { name: 'with the one before' }).click()
    await page.waitForURL(`**${compared('monday', 'tuesday')}`)
    await page.getByRole('link', { name: 'chat gpt-5-mini' }).click()
    await page.waitForURL('**#pair')
    expect(await page.locator('.pair ins').first().textContent()).toContain('at once')
    expect(await page.locator('.compared > tbody > tr').count()).toBe(7)

    await page.getByRole('link', { name: 'Only what differs' }).click()
    expect(await page.locator('.compared .line a').allTextContents()).toEqual([
      'answerBilling',
      'chat gpt-5-mini',
      'web_search',
      'notify',
    ])
    await page.getByRole('link', { name: 'Swap A and B' }).click()
    await page.waitForURL(`**${compared('tuesday', 'monday')}&only=diff`)
  })

  it('takes the id of another trace', async () => {
    await using visit = await visitor(browser, site.origin, { javaScriptEnabled: false })
    const { page } = visit
    await page.goto(`/traces/${traceIdOf('tuesday')}`)
    await page.getByRole('link', { name: 'Compare' }).click()
    await page.locator('input[name=a]').fill(`${site.origin}/traces/${traceIdOf('broken')}`)
    await page.getByRole('button', { name: 'Compare' }).click()
    await page.waitForURL('**/compare?**')
    expect(await page.locator('.sides thead a').allTextContents()).toEqual([
      'ingestDocuments',
      'answerBilling',
    ])
  })
})

describe('the cache view', () => {
  it('is reached from the step, stays while steps are chosen, and takes another call', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    await page.goto(cacheOf('third').replace('?view=cache', ''))
    await page.locator('#panel').getByRole('link', { name: 'Cache', exact: true }).click()
    await page.waitForURL(`**${cacheOf('third')}`)
    await page.locator('.cache .lead', { hasText: 'The first 49' }).waitFor()

    await page.locator('summary', { hasText: 'another call' }).click()
    await page.locator('.others a').first().click()
    await page.waitForURL(`**${cacheOf('third')}&with=${step('cached', 'first')}`)
    await page.locator('.cache .lead', { hasText: 'the other call' }).waitFor()

    await page.locator('tbody tr').nth(2).click()
    await page.waitForURL(`**${cacheOf('second')}`)
    await page.locator('.cache .lead', { hasText: 'this one begins with' }).waitFor()
    expect(complaints).toEqual([])
  })
})

describe('the pages of a comparison', () => {
  it.for([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
    [320, 'light'],
  ] as const)('fit %d px, and axe has no objection, %s', async ([width, colorScheme]) => {
    const options = { viewport: { width, height: 844 }, colorScheme, bypassCSP: true }
    await using visit = await visitor(browser, site.origin, options)
    for (const path of PAGES) {
      await visit.page.goto(path)
      await visit.page.evaluate(() => {
        for (const folded of document.querySelectorAll('details')) folded.open = true
      })
      const wide = await visit.page.evaluate(() => document.documentElement.scrollWidth)
      expect([path, wide, await objections(visit.page)]).toEqual([path, width, []])
    }
  })

  it('have nothing to report', async () => {
    await using visit = await visitor(browser, site.origin)
    for (const path of PAGES.filter((path) => path !== '/compare?a=x&b=y')) {
      await visit.page.goto(path)
    }
    expect(visit.complaints).toEqual([])
  })
})

/** What axe-core finds, in its own words. */
async function objections(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations }: axe.AxeResults = await Reflect.get(globalThis, 'axe').run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
}
