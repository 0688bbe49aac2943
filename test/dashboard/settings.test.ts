import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { seriousIn } from './support/accessible.ts'
import { account, PASSWORD } from './support/account.ts'
import { serve } from './support/server.ts'
import { visitor } from './support/visitor.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser.close())

/** A dashboard of its own, and somebody who has just logged in to it. */
async function loggedIn(options: BrowserContextOptions = {}) {
  const stack = new AsyncDisposableStack()
  const { app, known } = account()
  const { origin } = stack.use(await serve(app))
  const { page, complaints } = stack.use(await visitor(browser, origin, options))
  await page.goto('/settings')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.waitForURL('**/settings')
  // The browser's own words for pages that ask for the password, or say what was wrong.
  const wrong = () => complaints.filter((text) => !/status of 40[01]/.test(text))
  return { page, known, wrong, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

const heading = (page: Page) => page.locator('h1').textContent()
const rows = (page: Page) => page.locator('.entries tbody th').allTextContents()

describe('the settings', () => {
  it('make a key, show it once, and revoke it, without scripts', async () => {
    await using session = await loggedIn({ javaScriptEnabled: false })
    const { page, wrong, known } = session
    expect(await heading(page)).toBe('Settings of default')
    await page.getByLabel('Name', { exact: true }).fill('<b>website</b>')
    await page.getByLabel(/For pages in browsers/).fill('https://example.com http://localhost:3000')
    await page.getByRole('button', { name: 'Make a key' }).click()
    const key = await page.getByRole('region', { name: 'The key', exact: true }).textContent()
    expect(key).toMatch(/^sk-[\w-]{43}$/)
    expect(await rows(page)).toEqual(['<b>website</b>'])
    expect(await page.locator('.entries td').first().textContent()).toBe(
      'ingestfrom https://example.com, http://localhost:3000',
    )

    await page.reload() // sends the form a second time
    expect(await page.getByRole('alert').textContent()).toContain('this key was made before')
    expect(await rows(page)).toEqual(['<b>website</b>'])
    await page.goto('/settings')
    expect(await page.content()).not.toContain(key)

    await page.locator('.sure > summary').first().click()
    await page.getByRole('button', { name: 'Revoke for good' }).click()
    await page.getByText('There are none yet.').waitFor()
    const [project] = await known.projects()
    expect(await known.keys(project?.id ?? '')).toEqual([])
    expect(wrong()).toEqual([])
  })

  it('say what was wrong, and change nothing', async () => {
    await using session = await loggedIn()
    const { page } = session
    await page.getByLabel('Name', { exact: true }).fill('website')
    await page.getByLabel(/^read/).check()
    await page.getByLabel(/For pages in browsers/).fill('https://example.com')
    await page.getByRole('button', { name: 'Make a key' }).click()
    expect(await page.getByRole('alert').textContent()).toBe(
      'Not done: a key for pages can be read by everyone: its only scope may be ingest.',
    )
    expect(await rows(page)).toEqual([])
  })

  it('keep traces for as many days as told', async () => {
    await using session = await loggedIn()
    const { page, known } = session
    const days = page.getByLabel(/^Days that traces are kept/)
    const retention = async () => (await known.allSettings()).map((each) => each.retentionDays)
    await days.fill('30')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL('**/settings#retention')
    expect([await days.inputValue(), await retention()]).toEqual(['30', [30]])
    await days.fill('')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(retention).toEqual([null])
  })

  it('set prices, and remove them again, without scripts', async () => {
    await using session = await loggedIn({ javaScriptEnabled: false })
    const { page, known, wrong } = session
    const prices = async () => (await known.allSettings()).flatMap((each) => each.prices)
    const add = async (model: string, input: string, output: string) => {
      await page.getByLabel('Model, or gpt-5*').fill(model)
      await page.getByLabel('Input').fill(input)
      await page.getByLabel('Output').fill(output)
      await page.getByRole('button', { name: 'Add', exact: true }).click()
    }
    await add('<b>own</b>*', '0,5', '2')
    await add('gpt-5', '1.25', '10')
    expect(await prices()).toEqual([
      { model: 'gpt-5', input: 1.25, output: 10 },
      { model: '<b>own</b>*', input: 0.5, output: 2 },
    ])
    const shown = page.locator('.prices tbody tr')
    expect(await shown.allTextContents()).toEqual([
      'gpt-5any1.2510——Remove gpt-5',
      '<b>own</b>*any0.52——Remove <b>own</b>*',
    ])
    await page.getByRole('button', { name: 'Remove gpt-5' }).click()
    expect(await prices()).toEqual([{ model: '<b>own</b>*', input: 0.5, output: 2 }])
    await page.setViewportSize({ width: 390, height: 844 })
    await add(`own-${'deployment-'.repeat(10)}`, '1', '1')
    const width = () => document.documentElement.scrollWidth
    await expect.poll(() => page.evaluate(width)).toBe(390)
    await page.getByRole('button', { name: 'Remove own-' }).click()
    await add('dear', 'lots', '1')
    expect(await page.getByRole('alert').textContent()).toBe(
      'Not done: `prices[0].input` must be US dollars for a million tokens, from 0 to 1000000.',
    )
    expect(await prices()).toHaveLength(1)
    expect(wrong()).toEqual([])
  })

  it('make, open, rename and delete projects, without scripts', async () => {
    await using session = await loggedIn({ javaScriptEnabled: false })
    const { page, known, wrong } = session
    const names = async () => (await known.projects()).map(({ name }) => name)
    await page.getByLabel('Name of another project').fill('shop')
    await page.getByRole('button', { name: 'Make it' }).click()
    expect(await heading(page)).toBe('Settings of shop')
    await page.getByLabel('New name of this project').fill('store')
    await page.getByRole('button', { name: 'Rename' }).click()
    expect(await heading(page)).toBe('Settings of store')

    await page.locator('.projects summary').click()
    await page.locator('.projects').getByRole('button', { name: 'default' }).click()
    await page.waitForURL('**/traces')
    expect(await page.locator('.projects summary').textContent()).toBe('Project default')

    await page.goto('/settings')
    await page.getByText('Delete this project').click()
    await page.getByLabel(/^All its traces and keys go/).fill('store')
    await page.getByRole('button', { name: 'Delete for good' }).click()
    expect(await page.getByRole('alert').textContent()).toContain('the name was not that')
    expect(await names()).toEqual(['default', 'store'])
    await page.getByText('Delete this project').click()
    await page.getByLabel(/^All its traces and keys go/).fill('default')
    await page.getByRole('button', { name: 'Delete for good' }).click()
    expect(await heading(page)).toBe('Settings of store')
    expect(await names()).toEqual(['store'])
    expect(wrong()).toEqual([])
  })

  it('log out', async () => {
    await using session = await loggedIn()
    const { page } = session
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.waitForURL('**/login')
    await page.goto('/traces')
    expect(await heading(page)).toBe('Log in')
    await page.goBack()
    await page.goto('/settings')
    await page.getByLabel('Password').fill('wrong password')
    await page.getByRole('button', { name: 'Log in' }).click()
    expect(await page.getByRole('alert').textContent()).toBe('That is not the password.')
  })

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 320],
  ] as const)('can be used by everyone: %s, %d px', async (colorScheme, width) => {
    await using session = await loggedIn({ colorScheme, viewport: { width, height: 800 } })
    const { page, known } = session
    const long = 'a project with a long name '.repeat(3).trim()
    await known.createProject(crypto.randomUUID(), long)
    await page.getByLabel('Name', { exact: true }).fill('x'.repeat(100))
    await page.getByRole('button', { name: 'Make a key' }).click()
    await page.evaluate(() => {
      for (const folded of document.querySelectorAll('main details')) {
        folded.toggleAttribute('open', true)
      }
    })
    expect(await seriousIn(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
    await page.locator('.projects summary').click()
    expect(await seriousIn(page)).toEqual([])
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.waitForURL('**/login')
    expect(await seriousIn(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
  })
})

/** How far the page can be moved to the side. */
function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
}
