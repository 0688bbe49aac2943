import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { liveStore } from '../../worker/live/events.ts'
import { nodeDriver } from '../../worker/node/node-driver.ts'
import { sqliteStore } from '../../worker/store/sqlite/sqlite.ts'
import type { SpanDetail } from '../../worker/store/store.ts'
import { launchBrowser } from '../support/browser.ts'
import { storeOf } from '../store/node-store.ts'
import { memoryStore, toChange } from './support/memory-store.ts'
import { longTrace } from './support/samples.ts'
import { app, serve, type Site } from './support/server.ts'
import { NOW, sketch, spanIdOf, traceIdOf, uuid } from './support/spans.ts'
import { visitor } from './support/visitor.ts'

const STEPS = 10_000
const TRACE = `/traces/${traceIdOf('long')}`
const stepOf = (step: string) => `${TRACE}/spans/${uuid(`long/${step}`)}`
const spans: SpanDetail[] = longTrace(STEPS)

let browser: Browser
let site: Site

beforeAll(async () => {
  site = await serve(app(memoryStore(() => spans)))
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
})

const rows = (page: Page) => page.locator('tbody tr:not(.gap)')
const focused = (page: Page) => page.locator('tbody tr:focus')
const indexOf = async (page: Page) => Number(await focused(page).getAttribute('aria-rowindex')) - 2
/** Until all rows in view are there, and not their names alone. */
const whole = (page: Page) =>
  page.waitForFunction(() => document.querySelector('tbody tr[aria-busy]') === null)

async function open(page: Page, path = TRACE): Promise<void> {
  await page.goto(path)
  await page.locator('#tree[data-ready]').waitFor()
  await whole(page)
}

/** Whether the row can be seen, in the tree and in the window. */
const isInView = (page: Page, row: string) =>
  page.locator(row).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect()
    const frame = element.closest('.scroll')?.getBoundingClientRect()
    return top >= (frame?.top ?? 0) + 20 && bottom <= Math.min(frame?.bottom ?? 0, innerHeight) + 1
  })

describe('a trace of 10,000 steps', () => {
  it('is there with its first rows, in at most 1,500 elements', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    await open(page)
    expect(await rows(page).first().locator('a').textContent()).toBe('researchPipeline')
    expect(await page.locator('*').count()).toBeLessThanOrEqual(1500)
    expect(await page.locator('[role=treegrid]').getAttribute('aria-rowcount')).toBe('10001')
    expect(complaints).toEqual([])
  })

  it('goes to its end and back by keys, with the focus on a row all the way', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    await open(page)
    await rows(page).first().focus()
    await page.keyboard.press('End')
    expect(await indexOf(page)).toBe(STEPS - 1)
    await whole(page)
    expect(await focused(page).locator('a').getAttribute('href')).toBe(stepOf(`${STEPS - 1}`))
    expect(await isInView(page, 'tbody tr:focus')).toBe(true)

    for (let times = 0; times < 12; times += 1) await page.keyboard.press('PageUp')
    expect(await indexOf(page)).toBe(STEPS - 1 - 120)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Home')
    expect(await indexOf(page)).toBe(0)
    expect(await page.locator('*').count()).toBeLessThanOrEqual(1500)
    expect(await page.locator('tbody tr[tabindex="0"]').count()).toBe(1)
    expect(complaints).toEqual([])
  })

  it('shows what is scrolled to, and keeps the row in focus', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    await open(page)
    await rows(page).nth(2).focus()
    await page.locator('.scroll').evaluate((scroller) => {
      scroller.scrollTop = scroller.scrollHeight / 2
    })
    await page.locator('tbody tr[aria-rowindex="5002"]').waitFor()
    await whole(page)
    const middle = page.locator('tbody tr[aria-rowindex="5002"]')
    expect(await middle.getAttribute('aria-level')).toBe('3')
    expect(await middle.getAttribute('aria-setsize')).toBe('19')
    expect(await indexOf(page)).toBe(2)
    await page.keyboard.press('ArrowDown')
    expect(await indexOf(page)).toBe(3)
    expect(await isInView(page, 'tbody tr:focus')).toBe(true)
    expect(complaints).toEqual([])
  })

  it('has rows of one height, which they are placed by', async () => {
    await using visit = await visitor(browser, site.origin)
    await open(visit.page)
    const heights = await rows(visit.page).evaluateAll((all) =>
      all.map((row) => row.getBoundingClientRect().height),
    )
    expect(new Set(heights).size).toBe(1)
  })

  it('goes to an error that is folded away far off, and back around the start', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    await open(page)
    await rows(page).first().focus()
    await page.keyboard.press('[')
    await page.keyboard.press('E')
    const last = spans.findLastIndex((span) => span.status === 'error')
    expect(await indexOf(page)).toBe(last)
    await page.locator('tbody tr:focus[data-status=error]').waitFor()
    expect(await isInView(page, 'tbody tr:focus')).toBe(true)
    // Only what it is folded into was opened.
    const folded = page.locator('tbody tr[aria-level="2"][aria-expanded="false"]')
    expect(await folded.count()).toBeGreaterThan(2)
    await page.keyboard.press('e')
    expect(await indexOf(page)).toBe(spans.findIndex((span) => span.status === 'error'))
    expect(complaints).toEqual([])
  })

  it('is one row when it is folded, and all of them when it is opened', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await open(page, stepOf('7777'))
    await page.locator('tbody tr[aria-selected=true]').focus()
    await page.keyboard.press('[')
    await whole(page)
    expect(await rows(page).locator('a').allTextContents()).toEqual(['researchPipeline'])
    expect(await focused(page).getAttribute('aria-expanded')).toBe('false')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('End')
    expect(await focused(page).textContent()).toContain('phase 499')
    await page.keyboard.press(']')
    await page.keyboard.press('End')
    expect(await indexOf(page)).toBe(STEPS - 1)
  })

  it('opens at the step of its address, and goes on from there', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    await open(page, stepOf('7777'))
    const chosen = 'tbody tr[aria-selected=true]'
    expect(await page.locator(chosen).getAttribute('aria-rowindex')).toBe('7779')
    expect(await isInView(page, chosen)).toBe(true)
    await page.locator(chosen).focus()
    await page.keyboard.press('ArrowDown')
    await page.waitForURL(`**${stepOf('7778')}`)
    await page.keyboard.press('Home')
    await page.waitForURL(`**${stepOf('researchPipeline')}`)
    await page.locator('tbody tr[aria-selected=true]', { hasText: 'researchPipeline' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('can be read to its end without scripts', async () => {
    await using visit = await visitor(browser, site.origin, { javaScriptEnabled: false })
    const { page } = visit
    await page.goto(stepOf('7777'))
    const chosen = page.locator('tbody tr[aria-selected=true]')
    expect(await chosen.getAttribute('aria-rowindex')).toBe('7779')
    await page.getByRole('link', { name: 'Next 200' }).click()
    await page.getByRole('link', { name: 'Previous 200' }).click()
    await page.goto(`${TRACE}?from=9900`)
    expect(await rows(page).last().locator('a').getAttribute('href')).toBe(stepOf(`${STEPS - 1}`))
  })

  it('keeps the part that is there where the others cannot be had', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.route('**/outline', (route) => route.fulfill({ status: 500, body: 'no' }))
    await page.goto(TRACE)
    await page.locator('#tree[data-ready]').waitFor()
    expect(await rows(page).count()).toBe(200)
    await rows(page).first().focus()
    await page.keyboard.press('End')
    expect(await indexOf(page)).toBe(199)
    await page.getByRole('link', { name: 'Next 200' }).click()
    await page.waitForURL('**from=200')
  })

  it('has the name of a row in its place until it comes', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await open(page)
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    await page.route('**rows=**', async (route) => {
      await held
      await route.continue()
    })
    await rows(page).first().focus()
    await page.keyboard.press('End')
    expect(await focused(page).getAttribute('aria-busy')).toBe('true')
    expect(await focused(page).textContent()).toBe('web_search')
    release()
    await whole(page)
    expect(await focused(page).textContent()).toContain('674 ms')
  })
})

describe('a long trace, for all readers', () => {
  it.for(['light', 'dark'] as const)('has nothing that axe objects to, %s', async (colorScheme) => {
    await using visit = await visitor(browser, site.origin, { colorScheme })
    const { page } = visit
    await open(page, stepOf('7777'))
    await page.locator('#find').fill('search')
    await whole(page)
    expect(await objections(page)).toEqual([])
  })

  it.for([320, 390, 1280])('has no sideways scroll at %d px', async (width) => {
    await using visit = await visitor(browser, site.origin, { viewport: { width, height: 844 } })
    await open(visit.page, stepOf('7777'))
    expect(await visit.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    expect(await visit.page.locator('*').count()).toBeLessThanOrEqual(1500)
  })
})

describe('finding in a trace', () => {
  const searches = spans.filter((span) => span.name === 'web_search').length
  const told = (page: Page, text: string) =>
    page.locator('output', { hasText: new RegExp(`^${text}$`) }).waitFor()

  it('counts, marks and goes through what has the text, also where it is folded away', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    await open(page)
    await rows(page).first().focus()
    await page.keyboard.press('[')
    await page.keyboard.press('/')
    await page.keyboard.type('WEB_search')
    const many = searches.toLocaleString('en-US')
    await told(page, `1 of ${many} found`)
    await page.locator('tbody tr[data-found][tabindex="0"]', { hasText: 'web_search' }).waitFor()
    await page.keyboard.press('Enter')
    await told(page, `2 of ${many} found`)
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.press('Shift+Enter')
    await told(page, `${many} of ${many} found`)
    await page.waitForURL('**find=web_search*')

    await page.keyboard.press('Escape')
    expect(await focused(page).textContent()).toContain('web_search')
    await page.keyboard.press('n')
    await told(page, `1 of ${many} found`)
    await page.keyboard.press('N')
    await told(page, `${many} of ${many} found`)
    expect(complaints).toEqual([])
  })

  it('finds by model, kind and state, and says so where there is nothing', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await open(page)
    const box = page.locator('#find')
    for (const [text, count] of [
      ['gpt-5', spans.filter((span) => span.model !== null).length],
      ['agent', 500],
      ['error', spans.filter((span) => span.status === 'error').length],
    ] as const) {
      await box.fill(text)
      await told(page, `[\\d,]+ of ${count.toLocaleString('en-US')} found`)
    }
    await box.fill('no such thing')
    await told(page, 'none found')
    await box.fill('')
    expect(await page.locator('tr[data-found]').count()).toBe(0)
    await page.waitForURL((url) => !url.searchParams.has('find'))
  })

  it('finds the same by the form alone', async () => {
    await using visit = await visitor(browser, site.origin, { javaScriptEnabled: false })
    const { page } = visit
    await page.goto(TRACE)
    await page.locator('#find').fill('phase 4')
    await page.getByRole('button', { name: 'Find' }).click()
    expect(await page.locator('output').textContent()).toBe('111 found')
    expect(await page.locator('#panel h2').textContent()).toBe('phase 4')
    expect(await page.locator('tr[data-found]').first().textContent()).toContain('phase 4')
    await page.getByRole('link', { name: 'Next found' }).click()
    expect(await page.locator('tr[data-found]').first().textContent()).toContain('phase 40')
  })
})

describe('a long trace that runs', () => {
  /** The trace, its first `steps` steps ended and its root not. */
  const until = (steps: number) =>
    longTrace(3000)
      .slice(0, steps)
      .map((span, index): SpanDetail =>
        index === 0 ? { ...span, status: 'running', endUs: null } : span,
      )

  async function openLive(first: readonly SpanDetail[]) {
    const stores = liveStore(storeOf(() => sqliteStore(nodeDriver())))
    const write = (more: readonly SpanDetail[]) => stores.store.write('demo', more.map(toChange))
    await write(first)
    return { ...(await serve(app(stores.store, 'demo', () => NOW, stores.live))), write }
  }

  it('takes in steps before and after, and the row in focus stays where it is', async () => {
    await using running = await openLive(until(2000))
    await using visit = await visitor(browser, running.origin)
    const { page, complaints } = visit
    await open(page, stepOf('1000'))
    const row = page.locator('tbody tr[aria-selected=true]')
    await row.focus()
    await page.locator('tbody tr', { hasText: 'phase 50' }).locator('.twisty').click()
    await row.focus()
    const place = async () => [await focused(page).boundingBox(), await focused(page).textContent()]
    const before = await place()

    const [early] = sketch('long', 26 * 60 * 60_000, [{ name: 'early', at: 1, took: 5 }])
    if (!early) throw new Error('One step was asked for')
    const root = spanIdOf('long', 'researchPipeline')
    await running.write([{ ...early, parentId: root }, ...until(3000).slice(2000)])
    await page.locator('#summary', { hasText: '3,001' }).waitFor()
    await page.locator('[aria-rowcount="3002"]').waitFor()
    await whole(page)
    expect(await place()).toEqual(before)
    expect(await indexOf(page)).toBe(1001)
    expect(await page.locator('tr[aria-expanded=false]').textContent()).toContain('phase 50')
    await page.keyboard.press('End')
    expect(await indexOf(page)).toBe(3000)
    expect(complaints).toEqual([])
  })

  it('becomes a long one while it is read', async () => {
    await using running = await openLive(until(450))
    await using visit = await visitor(browser, running.origin)
    const { page, complaints } = visit
    await page.goto(stepOf('300'))
    await page.locator('#tree[data-ready]').waitFor()
    await page.locator('tbody tr[aria-selected=true]').focus()
    await running.write(until(700).slice(450))
    await page.locator('#tree[data-long]').waitFor()
    await whole(page)
    expect(await indexOf(page)).toBe(300)
    await page.keyboard.press('End')
    expect(await indexOf(page)).toBe(699)
    expect(complaints).toEqual([])
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
