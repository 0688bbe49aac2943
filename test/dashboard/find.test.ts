import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mergeHistograms, percentile } from '../../worker/store/histogram.ts'
import { slots, stretch } from '../../worker/dashboard/sums/timeline.ts'
import { GROWTH } from '../../worker/store/query.ts'
import type { Store } from '../../worker/store/store.ts'
import { launchBrowser } from '../support/browser.ts'
import { attributes, words } from './support/html.ts'
import { memoryStore } from './support/memory-store.ts'
import * as samples from './support/samples.ts'
import { app, serve, type Site } from './support/server.ts'
import { traceIdOf } from './support/spans.ts'
import { visitor } from './support/visitor.ts'

const all = samples.samples()
const store = memoryStore(() => all)

async function visit(path: string, of: Store = store) {
  const html = await (await app(of).request(path)).text()
  return { html, text: words(html), links: attributes(html, 'href') }
}

const names = (html: string) =>
  [...html.matchAll(/class="open"[^>]*>([^<]+)/g)].map(([, name]) => name)

describe('the search', () => {
  it.for([
    ['"tides"', ['writeReport']],
    ['user:u_1042 latency:1s..2s', ['answerQuestion']],
    ['meta.tenant:acme', ['answerQuestion']],
    ['-name:answerQuestion -tag:batch -status:running steps:<5', 3],
    ['cost:>0', 0],
  ] as const)('of %s finds what it says', async ([q, found]) => {
    const { html } = await visit(`/traces?${new URLSearchParams({ q })}`)
    if (typeof found === 'number') expect(names(html)).toHaveLength(found)
    else expect(names(html)).toEqual(found)
  })

  it('names each bad term, marks it among the others, and uses the rest', async () => {
    const { html, text } = await visit('/traces?q=latncy:%3E2s+status:error+%22open')
    expect(text).toContain('latncy:>2s: there is no field of this name')
    expect(text).toContain('"open: the quotation mark has no end')
    expect(text).toContain('latncy:>2s not understood')
    expect(names(html)).toEqual(['summariseInbox'])
  })

  it('says how many there are where a time was asked for', async () => {
    expect((await visit('/traces?range=1h')).text).toContain('Traces 6 traces')
    expect((await visit('/traces')).text).not.toMatch(/Traces \d+ traces/)
  })

  it('says so where the count went no further', async () => {
    const part: Store = {
      ...store,
      sum: async (project, query) => ({
        ...(await store.sum(project, query)),
        nextUs: query.toUs - 1,
      }),
    }
    expect((await visit('/traces?range=1h', part)).text).toContain('Traces 6+ traces')
  })

  it('leads on from a page that is short or empty because it was searched in part', async () => {
    const empty: Store = { ...store, list: async () => ({ traces: [], next: 'on' }) }
    const { text, links } = await visit('/traces?q=tag:rare', empty)
    expect(text).toContain('None in the part that was searched so far')
    expect(text).toContain('Searched in part: go on →')
    expect(links).toContain('/traces?q=tag:rare&before=on')
    expect(text).not.toContain('No trace matches')
  })
})

describe('the order', () => {
  it('is that of a column, turned around by asking again', async () => {
    const first = await visit('/traces?sort=-latency')
    expect(names(first.html)[0]).toBe('researchPipeline')
    expect(attributes(first.html, 'aria-sort')).toEqual(['descending'])
    expect(first.links).toContain('/traces?sort=latency')
    expect(first.links).toContain('/traces?sort=-cost')
    expect(first.text).toContain('In order among the newest 20,000.')
    const second = await visit('/traces?sort=latency')
    expect(names(second.html)).not.toContain('researchPipeline')
  })

  it('is kept by what filters, and leads through all pages', async () => {
    const seen: string[] = []
    for (let path: string | undefined = '/traces?sort=-tokens&q=tag:production'; path;) {
      const { html, links }: { html: string; links: string[] } = await visit(path)
      expect(links).toContain('/traces?q=tag:production+status:success&sort=-tokens')
      seen.push(...links.filter((link) => /^\/traces\/\w+\?in=/.test(link)))
      path = /<a href="([^"]+)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength(63)
  })
})

describe('values to filter by', () => {
  it('are counted among what was found, and add or exclude', async () => {
    const { text, links } = await visit('/traces?q=tag:production')
    expect(text).toMatch(/status success 62 not error 1 not/)
    expect(links).toContain('/traces?q=tag:production+model:gpt-4o-mini')
    expect(links).toContain('/traces?q=tag:production+-model:gpt-4o-mini')
  })
})

describe('the chart', () => {
  it('is of the time that was asked for, each bar a link to its own', async () => {
    const { html, text, links } = await visit('/traces?range=1h')
    expect(text).toContain('6 traces, 1 failed up to 1')
    expect(text).toContain('23 Nov 2026 12:18:00 UTC, 1 trace, 1 failed, p50 2.40 s, p90 2.40 s')
    expect(links).toContain('/traces?from=2026-11-23T12:18Z&to=2026-11-23T12:20Z')
    expect(html.match(/<rect class="bad"/g)).toHaveLength(1)
    const bar = await visit('/traces?from=2026-11-23T12:18Z&to=2026-11-23T12:20Z')
    expect(names(bar.html)).toEqual(['summariseInbox'])
  })

  it('is of the page where no time was asked for, and absent where nothing is', async () => {
    expect((await visit('/traces')).text).toContain('50 traces, 1 failed')
    expect((await visit('/traces?q=tag:none')).html).not.toContain('class="chart"')
  })
})

describe('stretch', () => {
  it.for([
    [0, 60_000_000, 5_000_000],
    [0, 3_600_000_000, 120_000_000],
    [0, 30 * 86_400_000_000, 86_400_000_000],
    [1_700_000_000_000_000, 1_700_000_000_000_001, 1_000_000],
    [0, 2 ** 53, 10 * 365 * 86_400_000_000],
  ] as const)('from %d to %d has buckets of %d µs', ([from, to, stepUs]) => {
    const found = stretch(from, to, 40)
    expect(found.stepUs).toBe(stepUs)
    expect(found.fromUs).toBeLessThanOrEqual(from)
    expect(found.toUs).toBeGreaterThanOrEqual(to)
    const count = slots(found, []).length
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThanOrEqual(40)
  })
})

describe('percentile', () => {
  it.for([0.5, 0.9, 0.99])('%d is within 2 % of that of the durations themselves', (share) => {
    const durations = Array.from({ length: 5000 }, (_, n) => 900 * 1.002 ** ((n * 7919) % 5000))
    const histogram = durations.map((us): [number, number] => [
      Math.round(Math.log(us) / Math.log(GROWTH)),
      1,
    ])
    const exact = durations.toSorted((one, other) => one - other)[Math.ceil(share * 5000) - 1] ?? 0
    const found =
      percentile(mergeHistograms([histogram.slice(0, 100), histogram.slice(100)]), share) ?? 0
    expect(Math.abs(found / exact - 1)).toBeLessThan(0.02)
  })

  it('of nothing is unknown', () => {
    expect(percentile([], 0.5)).toBeNull()
  })
})

describe('the list in a browser', () => {
  let browser: Browser
  let site: Site
  beforeAll(async () => {
    site = await serve(app(store))
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await site[Symbol.asyncDispose]()
  })

  it('is found in, moved in, filtered and opened by keys', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    await page.goto('/traces')
    const focused = () => page.locator(':focus').textContent()
    await page.keyboard.press('j')
    expect(await focused()).toBe('writeReport')
    for (const key of ['j', 'j', 'k']) await page.keyboard.press(key)
    expect(await focused()).toBe('answerQuestion')
    await page.keyboard.press('f')
    expect(await focused()).toBe('success')
    await page.keyboard.press('f')
    expect(await focused()).toBe('gpt-4o')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/traces?q=model:gpt-4o')
    await page.keyboard.press('/')
    await page.keyboard.type('tag:support j')
    expect(await page.locator('#q').inputValue()).toBe('tag:support j')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    expect(await page.locator('#help').getAttribute('open')).toBe('')
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/traces\/[0-9a-f]{32}\?in=/)
    expect(complaints).toEqual([])
  })

  it('leaves its keys off once they were switched off', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.goto('/traces')
    await page.keyboard.press('?')
    await page.getByLabel('Keys of one letter').uncheck()
    await page.reload()
    await page.keyboard.press('j')
    expect(await page.locator('a.open:focus').count()).toBe(0)
    await page.locator('#help summary').click()
    expect(await page.getByLabel('Keys of one letter').isChecked()).toBe(false)
  })

  it('excludes a value by a click with Alt', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.goto('/traces?q=tag:production')
    await page
      .locator('.traces .models a')
      .first()
      .click({ modifiers: ['Alt'] })
    await page.waitForURL('**/traces?q=tag%3Aproduction+-model%3Agpt-4o')
    expect(await page.locator('.traces .models a').allTextContents()).not.toContain('gpt-4o')
  })

  it('narrows the time to what was drawn over the chart', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    await page.goto('/traces?range=24h&q=tag:production')
    const box = await page.locator('svg.chart').first().boundingBox()
    if (!box) throw new Error('There is a chart')
    const y = box.y + box.height / 2
    await page.mouse.move(box.x + box.width * 0.5, y)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.75, y, { steps: 4 })
    await page.mouse.up()
    await page.waitForURL((url) => url.searchParams.has('from'))
    const { searchParams } = new URL(page.url())
    const hours = ['from', 'to'].map((name) => Date.parse(searchParams.get(name) ?? '') / 3_600_000)
    expect((hours[1] ?? 0) - (hours[0] ?? 0)).toBeCloseTo(6.1, 0)
    expect([searchParams.get('range'), searchParams.get('q')]).toEqual([null, 'tag:production'])
    expect(complaints).toEqual([])
  })

  it('is filtered by facets and bars without scripts', async () => {
    await using visit = await visitor(browser, site.origin, { javaScriptEnabled: false })
    const { page } = visit
    await page.goto('/traces?range=24h')
    await page.getByRole('link', { name: 'not status success' }).click()
    await page.waitForURL('**/traces?q=-status:success&range=24h')
    expect(await page.locator('a.open').allTextContents()).toEqual([
      'writeReport',
      'summariseInbox',
    ])
    await page.locator('svg.chart a').last().click()
    await page.waitForURL('**from=*')
    expect(await page.locator('a.open').first().getAttribute('href')).toEqual(
      expect.stringContaining(`/traces/${traceIdOf('running')}?in=q%3D-status%3Asuccess`),
    )
  })
})
