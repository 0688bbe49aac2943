import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SpanDetail } from '../../worker/store/store.ts'
import { launchBrowser } from '../support/browser.ts'
import { memoryStore } from './support/memory-store.ts'
import * as samples from './support/samples.ts'
import { app, serve, type Site } from './support/server.ts'
import { traceIdOf, uuid } from './support/spans.ts'
import { visitor } from './support/visitor.ts'

let browser: Browser
let site: Site
const spans: SpanDetail[] = samples.samples()

beforeAll(async () => {
  site = await serve(app(memoryStore(() => spans)))
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
})

const traceOf = (trace: string) => `/traces/${traceIdOf(trace)}`
const stepOf = (trace: string, step: string) =>
  `${traceOf(trace)}/spans/${uuid(`${trace}/${step}`)}`

/** The names of the rows that can be seen. */
const visibleSteps = (page: Page) =>
  page.locator('tbody tr:visible td:first-child a').allTextContents()
const selected = (page: Page) => page.locator('tr[aria-selected="true"] td:first-child a')
const focused = (page: Page) => page.locator('tbody tr:focus')
const heading = (page: Page) => page.locator('#panel h2')
const expectText = async (page: Page, selector: string, text: string) => {
  await page.locator(selector).filter({ hasText: text }).first().waitFor()
}

describe('the way from the list to a step', () => {
  it('goes by filter, row, fold and selection', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit

    await page.goto('/')
    await page.locator('#q').fill('model:claude*')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/traces?q=model%3Aclaude*')
    expect(await page.locator('table.traces tbody tr').count()).toBe(1)

    // Anywhere on the row, not only on its name.
    await page.locator('table.traces tbody td').nth(3).click()
    await page.waitForURL(`**${traceOf('agent')}?in=*`)
    const steps = ['planTrip', 'messages.create', 'get_forecast', 'messages.create']
    expect(await visibleSteps(page)).toEqual(steps)

    await page.locator('.twisty').click()
    expect(await visibleSteps(page)).toEqual(['planTrip'])
    expect(await page.locator('tbody tr').first().getAttribute('aria-expanded')).toBe('false')
    await page.locator('.twisty').click()
    expect(await visibleSteps(page)).toEqual(steps)

    await page.getByRole('link', { name: 'get_forecast' }).click()
    await expectText(page, '#panel h2', 'get_forecast')
    expect(new URL(page.url()).pathname).toBe(stepOf('agent', 'get_forecast'))
    expect(await selected(page).textContent()).toBe('get_forecast')

    await page.locator('#panel').getByRole('link', { name: 'JSON', exact: true }).click()
    await page.waitForURL('**?view=json&in=*')
    await page.goBack()
    await page.goBack()
    await expectText(page, '#panel h2', 'planTrip')
    expect(await selected(page).textContent()).toBe('planTrip')
    expect(complaints).toEqual([])
  })

  it('shows the same step after a reload, and to whom the address is sent', async () => {
    await using visit = await visitor(browser, site.origin)
    await visit.page.goto(traceOf('answerQuestion'))
    await visit.page.getByRole('link', { name: 'search' }).click()
    await expectText(visit.page, '#panel h2', 'search')
    const before = await visit.page.locator('#panel').innerHTML()
    await visit.page.reload()
    expect(await visit.page.locator('#panel').innerHTML()).toBe(before)
  })

  it('removes a filter by its chip, and adds one by a tag in a row', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.goto('/traces?q=status:error')
    await page.locator('table.traces').getByRole('link', { name: 'nightly' }).click()
    await page.waitForURL('**/traces?q=status:error+tag:nightly')
    await page.getByLabel('Remove filter status:error').click()
    await page.waitForURL('**/traces?q=tag:nightly')
    expect(await page.locator('table.traces tbody tr').count()).toBe(1)
  })

  it('keeps the time when the form searches for something else, and says times in the reader’s zone', async () => {
    await using visit = await visitor(browser, site.origin, { timezoneId: 'Asia/Kolkata' })
    const { page } = visit
    await page.goto('/traces?q=tag:production&from=2026-11-23T13:00:00.000Z&sort=-latency')
    expect(await page.locator('input[name=from]').inputValue()).toBe('2026-11-23T18:30')
    expect(await page.locator('.traces time span').first().textContent()).toBe('18:32:00')
    expect(await page.locator('thead [data-zone]').textContent()).toBe('UTC+5:30')
    await page.locator('#q').fill('tag:support')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.waitForURL((url) => url.searchParams.get('q') === 'tag:support')
    const { searchParams } = new URL(page.url())
    expect([...searchParams].toSorted()).toEqual([
      ['from', '2026-11-23T13:00:00.000Z'],
      ['q', 'tag:support'],
      ['sort', '-latency'],
    ])
  })
})

describe('the keyboard in the tree', () => {
  it('moves, folds and reads as the treegrid pattern says', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.goto(traceOf('agent'))
    await page.locator('tbody tr').first().focus()
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
      return focused(page).textContent()
    }

    expect(await press('ArrowDown', 'j')).toContain('get_forecast')
    expect(await press('k', 'ArrowUp')).toContain('planTrip')
    expect(await press('End')).toContain('messages.create')
    expect(await press('ArrowLeft')).toContain('planTrip')
    await press('ArrowLeft')
    expect(await visibleSteps(page)).toEqual(['planTrip'])
    await press('ArrowRight')
    expect(await press('ArrowRight')).toContain('messages.create')
    expect(await press('Home')).toContain('planTrip')
    await expectText(page, '#panel h2', 'planTrip')

    await press('j', 'j')
    await expectText(page, '#panel h2', 'get_forecast')
    await page.keyboard.press('Enter')
    await page.locator('#panel h2:focus').waitFor()
    expect(new URL(page.url()).pathname).toBe(stepOf('agent', 'get_forecast'))
    await page.keyboard.press('Escape')
    expect(await focused(page).textContent()).toContain('get_forecast')
  })

  it('folds and unfolds all, and never loses the focus', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.goto(traceOf('long'))
    await page.locator('tbody tr').nth(7).focus()
    await page.keyboard.press('j')
    await page.keyboard.press('[')
    expect(await visibleSteps(page)).toEqual(['researchPipeline'])
    expect(await focused(page).textContent()).toContain('researchPipeline')
    await page.keyboard.press(']')
    expect(await visibleSteps(page)).toHaveLength(500)
  })

  it('finds the next error inside what is folded, around the end, and back', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.goto(traceOf('long'))
    await page.locator('tbody tr').first().focus()
    await page.keyboard.press('[')
    const row = async (key: string) => {
      await page.keyboard.press(key)
      expect(await focused(page).textContent()).toContain('error')
      return page
        .locator('tbody tr:focus')
        .evaluate((row) => (row instanceof HTMLTableRowElement ? row.rowIndex : 0))
    }
    const first = await row('e')
    const second = await row('e')
    expect(second).toBeGreaterThan(first)
    expect(await row('E')).toBe(first)
    const last = await row('E')
    expect(last).toBeGreaterThan(second)
    expect(await row('e')).toBe(first)
  })

  it('leaves keys alone outside of the tree and with a modifier', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.goto(traceOf('agent'))
    await page.locator('#panel').focus()
    await page.keyboard.press('[')
    await page.locator('tbody tr').first().focus()
    await page.keyboard.press('Alt+[')
    expect(await visibleSteps(page)).toHaveLength(4)
  })

  it('is one stop for Tab', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.goto(stepOf('agent', 'get_forecast'))
    await page.locator('.find button').focus()
    await page.keyboard.press('Tab')
    expect(await focused(page).textContent()).toContain('get_forecast')
    await page.keyboard.press('Tab')
    expect(await page.locator('#panel:focus, #panel :focus').count()).toBe(1)
  })
})

describe('a running trace', () => {
  const isRunning = (span: SpanDetail) =>
    span.traceId === traceIdOf('running') && span.endUs === null

  it('takes in a step that starts, and the root that arrives last', async () => {
    const root = spans.find((span) => span.name === 'writeReport')
    if (!root) throw new Error('The sample has a root')
    let told = spans.filter((span) => span !== root)
    await using own = await serve(app(memoryStore(() => told)))
    await using visit = await visitor(browser, own.origin)
    const { page, complaints } = visit
    await page.clock.install()
    await page.goto(stepOf('running', 'outline'))
    expect(await visibleSteps(page)).toEqual(['outline', 'chat.completions.create'])

    told = [
      ...told,
      root,
      { ...root, id: uuid('new'), spanId: 'new', parentId: root.spanId, name: 'new' },
    ]
    await page.clock.runFor(2500)
    await expectText(page, 'tbody', 'new')
    expect(await visibleSteps(page)).toEqual([
      'writeReport',
      'new',
      'outline',
      'chat.completions.create',
    ])
    expect(await selected(page).allTextContents()).toEqual(['outline'])
    expect(complaints).toEqual([])
  })

  it('is brought up to date in place, and what is focused stays so', async () => {
    let told = spans
    await using own = await serve(app(memoryStore(() => told)))
    await using visit = await visitor(browser, own.origin)
    const { page, complaints } = visit
    await page.clock.install()
    await page.goto(traceOf('running'))
    await page.locator('tbody tr').first().focus()
    await page.keyboard.press('ArrowLeft')
    expect(await visibleSteps(page)).toEqual(['writeReport'])

    told = told.map((span) =>
      isRunning(span)
        ? { ...span, status: 'success', endUs: span.startUs + 9_500_000, output: 'The tides turn.' }
        : span,
    )
    await page.clock.runFor(2500)
    await expectText(page, '#summary .status', 'success')
    await expectText(page, '#panel', 'The tides turn.')
    expect(await focused(page).textContent()).toContain('9.50 s')
    expect(await visibleSteps(page)).toEqual(['writeReport'])
    expect(await page.locator('[data-status="running"]').count()).toBe(0)
    expect(await selected(page).allTextContents()).toEqual(['writeReport'])

    let asked = 0
    page.on('request', () => (asked += 1))
    await page.clock.runFor(10_000)
    expect(asked).toBe(0)
    expect(complaints).toEqual([])
  })
})

describe('a step that cannot be read', () => {
  it('says so in its place, and the row stays chosen', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.goto(traceOf('agent'))
    await page.route('**/spans/**', (route) => route.fulfill({ status: 500, body: '<b>no</b>' }))
    await page.getByRole('link', { name: 'get_forecast' }).click()
    await expectText(page, '#panel', 'This step could not be read')
    expect(await selected(page).textContent()).toBe('get_forecast')
    expect(await page.locator('#panel b').count()).toBe(0)
  })
})

describe('without scripts', () => {
  it('everything can be found and read', async () => {
    await using visit = await visitor(browser, site.origin, { javaScriptEnabled: false })
    const { page } = visit
    await page.goto('/traces')
    await page.locator('#q').fill('status:error')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.waitForURL('**/traces?q=status:error')
    await page.locator('a.open', { hasText: 'summariseInbox' }).click()
    await page.getByRole('link', { name: 'chat.completions.create' }).click()
    expect(await heading(page).textContent()).toBe('chat.completions.create')
    expect(await selected(page).textContent()).toBe('chat.completions.create')
    await page.getByRole('link', { name: 'JSON', exact: true }).click()
    const message = page.locator('.json summary', { hasText: '0' }).first()
    await message.click()
    expect(await page.getByText('"Summarise these mails."').isVisible()).toBe(true)

    await page.goto('/traces')
    await page.getByRole('link', { name: 'Older' }).click()
    expect(await page.locator('table.traces tbody tr').count()).toBeGreaterThan(10)
    await page.getByRole('link', { name: 'First page' }).click()
    await page.waitForURL('**/traces')
  })
})

describe('a page of any width', () => {
  const paths = [
    '/traces?q=tag:production',
    '/overview',
    '/overview?by=name&range=30d',
    traceOf('long names'),
    stepOf('failed', 'summariseInbox'),
  ]
  paths.push(`${stepOf('agent', 'second')}?view=json`, '/traces/none')

  it.for([320, 390, 800, 1280])('has no sideways scroll at %d px', async (width) => {
    await using visit = await visitor(browser, site.origin, { viewport: { width, height: 844 } })
    await using empty = await serve(app(memoryStore(() => [])))
    for (const path of [
      ...paths,
      '/traces?q=status:broken&from=2026-11-23',
      `${empty.origin}/traces`,
    ]) {
      await visit.page.goto(path)
      const wide = await visit.page.evaluate(() => document.documentElement.scrollWidth)
      expect([path, wide]).toEqual([path, width])
    }
  })
})

describe('the content policy', () => {
  it('lets nothing but the fragment policy make HTML from text', async () => {
    await using visit = await visitor(browser, site.origin)
    await visit.page.goto(traceOf('agent'))
    const refused = await visit.page.evaluate(() => {
      try {
        document.body.innerHTML = '<b>text</b>'
        return 'made'
      } catch (error) {
        return String(error)
      }
    })
    expect(refused).toContain('TrustedHTML')
    expect(visit.complaints.join()).toContain('TrustedHTML')
  })

  it('has nothing to report on any page', async () => {
    await using visit = await visitor(browser, site.origin)
    const paths = [
      '/',
      '/traces?q=status:broken',
      '/traces?q=tag:nightly+model:gpt-4o',
      traceOf('running'),
    ]
    for (const trace of [
      'answerQuestion',
      'streamed',
      'agent',
      'failed',
      'broken',
      'long',
      'long names',
    ]) {
      paths.push(traceOf(trace))
    }
    for (const path of paths) await visit.page.goto(path)
    expect(visit.complaints).toEqual([])
  })
})
