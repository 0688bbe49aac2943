import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeDriver } from '../../worker/node/node-driver.ts'
import { liveStore } from '../../worker/live/events.ts'
import { sqliteStore } from '../../worker/store/sqlite/sqlite.ts'
import type { SpanDetail } from '../../worker/store/store.ts'
import { launchBrowser } from '../support/browser.ts'
import { storeOf } from '../store/node-store.ts'
import { toChange } from './support/memory-store.ts'
import { manyTraces } from './support/samples.ts'
import { app, serve } from './support/server.ts'
import { NOW, sketch, traceIdOf } from './support/spans.ts'
import { visitor } from './support/visitor.ts'

let browser: Browser
beforeAll(async () => void (browser = await launchBrowser()))
afterAll(() => browser.close())

/** A dashboard whose store is written to while pages are open. */
async function open(spans: readonly SpanDetail[], isLive = true) {
  const stores = liveStore(storeOf(() => sqliteStore(nodeDriver())))
  const write = (more: readonly SpanDetail[]) => stores.store.write('demo', more.map(toChange))
  await write(spans)
  const live = isLive ? stores.live : undefined
  const site = await serve(app(stores.store, 'demo', () => NOW, live))
  return { ...site, write, remove: stores.store.remove }
}

const trace = (name: string, agoMs = 0) => sketch(name, agoMs, [{ name, took: 20 }])
const names = (page: Page) => page.locator('a.open').allTextContents()
const listens = (page: Page) => page.locator('#live:visible').waitFor()
const shows = (page: Page, selector: string, text: string) =>
  page.locator(selector).filter({ hasText: text }).first().waitFor()

describe('the list while traces arrive', () => {
  it('shows them by itself at the top of the page, within 1.5 s', async () => {
    await using site = await open(trace('first', 1000))
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    await page.goto('/traces')
    await listens(page)
    const written = Date.now()
    await site.write(trace('second'))
    await shows(page, 'a.open', 'second')
    expect(Date.now() - written).toBeLessThan(1500)
    expect(await names(page)).toEqual(['second', 'first'])
    expect(complaints).toEqual([])
  })

  it('brings what is there up to date, and takes away what is gone', async () => {
    const running = sketch('job', 5000, [{ name: 'job', took: null }])
    await using site = await open([...running, ...trace('old', 9000)])
    await using visit = await visitor(browser, site.origin)
    await visit.page.goto('/traces')
    await listens(visit.page)
    await site.write(sketch('job', 5000, [{ name: 'job', took: 2500 }]))
    await shows(visit.page, 'tr', '2.50 s')
    await site.remove('demo', { traces: [traceIdOf('old')] })
    await visit.page.waitForFunction(() => document.querySelectorAll('a.open').length === 1)
    expect(await names(visit.page)).toEqual(['job'])
  })

  it('moves nothing where somebody reads: a button counts them, and shows them', async () => {
    await using site = await open(manyTraces(60))
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    await page.goto('/traces')
    await listens(page)
    const row = page.locator('table.traces tbody tr').nth(30)
    await row.scrollIntoViewIfNeeded()
    const place = async () => (await row.boundingBox())?.y
    const before = [await place(), await row.textContent()]

    await site.write(trace('new 1'))
    await shows(page, '.pill', '1 new trace')
    await site.write(trace('new 2'))
    await shows(page, '.pill', '2 new traces')
    expect([await place(), await row.textContent()]).toEqual(before)

    await page.locator('.pill').click()
    expect((await names(page)).slice(0, 2).toSorted()).toEqual(['new 1', 'new 2'])
    const addresses = await page
      .locator('a.open')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    expect([addresses.length, new Set(addresses).size]).toEqual([52, 52])
    expect(await page.locator('.pill:visible').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('begins anew where more arrived than a page has, without a gap', async () => {
    await using site = await open(trace('old', 1_000_000_000))
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.goto('/traces')
    await listens(page)
    await site.write(manyTraces(120))
    await page.locator('a[rel=next]').waitFor()
    expect((await names(page)).length).toBe(50)
  })

  it('leads on to what has no more room on the page', async () => {
    await using site = await open(trace('newest'))
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.goto('/traces')
    await listens(page)
    await site.write(manyTraces(120))
    await page.locator('a[rel=next]').click()
    await page.waitForURL('**before=*')
    expect((await names(page)).length).toBe(50)
  })

  it('keeps a page of older traces as it is', async () => {
    await using site = await open(manyTraces(60))
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.goto('/traces')
    await page.locator('a[rel=next]').click()
    await page.waitForURL('**before=*')
    let asked = 0
    page.on('request', () => (asked += 1))
    await site.write(trace('new'))
    await page.evaluate(() => fetch('/traces').then((reply) => reply.text())) // time has passed
    expect(asked).toBe(1)
  })

  it('asks every few seconds where the server has no line', async () => {
    await using site = await open(trace('first', 1000), false)
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.clock.install()
    await page.goto('/traces')
    await site.write(trace('second'))
    await page.clock.runFor(2100)
    await shows(page, 'a.open', 'second')
  })

  it('turns the welcome into the list when the first trace arrives', async () => {
    await using site = await open([])
    await using visit = await visitor(browser, site.origin)
    await visit.page.goto('/traces')
    await shows(visit.page, 'h2', 'No traces yet')
    await site.write(trace('first'))
    await shows(visit.page, 'a.open', 'first')
  })

  it('stops in the background, and looks at once when it is watched again', async () => {
    await using site = await open(trace('first', 1000))
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.goto('/traces')
    await listens(page)
    const hide = (hidden: boolean) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, hidden)
    await hide(true)
    expect(await page.locator('#live:visible').count()).toBe(0)
    await site.write(trace('second'))
    expect(await names(page)).toEqual(['first'])
    await hide(false)
    await shows(page, 'a.open', 'second')
  })

  it('calls again after the line was lost, and shows what it missed', async () => {
    await using site = await open(trace('first', 1000))
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    let calls = 0
    await page.route('**/v1/live', (route) => {
      calls += 1
      return calls === 1 ? route.abort() : route.continue()
    })
    await page.goto('/traces')
    await site.write(trace('second'))
    await listens(page)
    await shows(page, 'a.open', 'second')
  })
})

describe('a trace that grows', () => {
  it('takes in a step of a trace that had ended', async () => {
    await using site = await open(trace('job', 1000))
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    await page.goto(`/traces/${traceIdOf('job')}`)
    await page.locator('#tree[data-ready]').waitFor()
    await site.write(sketch('job', 1000, [{ name: 'late', in: 'job', at: 5, took: 5 }]))
    await shows(page, '#tree a', 'late')
    expect(complaints).toEqual([])
  })
})
