import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { overview } from '../../worker/dashboard/sums/overview.ts'
import { percentile } from '../../worker/store/histogram.ts'
import type { SpanRow, Store } from '../../worker/store/store.ts'
import { launchBrowser } from '../support/browser.ts'
import { attributes, words } from './support/html.ts'
import { memoryStore } from './support/memory-store.ts'
import { priced } from './support/priced.ts'
import { app, serve } from './support/server.ts'
import { NOW } from './support/spans.ts'
import { visitor } from './support/visitor.ts'

const COUNT = 300
const spans = priced(COUNT)
const store = memoryStore(() => spans)
const DAY_US = 24 * 3_600_000_000
const [fromUs, toUs] = [NOW * 1000 - DAY_US, NOW * 1000]

async function visit(path: string, of: Store = store) {
  const reply = await app(of).request(path)
  const html = await reply.text()
  return { html, text: words(html), links: attributes(html, 'href') }
}

/** What each call costs, by itself. */
async function calls(): Promise<SpanRow[]> {
  const ids = spans.filter(({ model }) => model !== null).map(({ id }) => id)
  const all: SpanRow[] = []
  for (let at = 0; at < ids.length; at += 100) {
    all.push(...(await store.spans('demo', ids.slice(at, at + 100))))
  }
  return all
}

describe('overview', () => {
  it.for([0.5, 0.9, 0.99])('has percentile %d within 2 % of that of the calls', async (share) => {
    const found = await overview(store, 'demo', { question: {}, by: 'model', fromUs, toUs })
    const all = (await calls()).map(({ startUs, endUs }) => (endUs ?? 0) - startUs)
    const exact = all.toSorted((one, other) => one - other)[Math.ceil(share * COUNT) - 1] ?? 0
    const near = percentile(found.calls.total.latency, share) ?? 0
    expect(Math.abs(near / exact - 1)).toBeLessThan(0.02)
  })

  it('counts a call for each of its tags, and once in all', async () => {
    const tagged = priced(30).map((span, index) => ({
      ...span,
      tags: span.parentId === null ? (index % 2 === 0 ? ['a', 'b'] : ['b']) : [],
    }))
    const of = memoryStore(() => tagged)
    const found = await overview(of, 'demo', { question: {}, by: 'tag', fromUs, toUs })
    const count = (name: string | null) =>
      found.groups.find((group) => group.name === name)?.total.count ?? 0
    expect(found.calls.total.count).toBe(30)
    expect(count('b') + count(null)).toBe(30)
    expect(count('a')).toBeGreaterThan(0)
    const { text, links } = await visit('/overview?by=tag', of)
    expect(text).toContain('A call counts for each tag of its trace')
    expect(links.some((link) => link.startsWith('/traces?q=tag:a'))).toBe(true)
  })

  it('adds up what the calls cost, by model and in all, and counts those without a price', async () => {
    const found = await overview(store, 'demo', { question: {}, by: 'model', fromUs, toUs })
    const known = (await calls()).filter(({ costNano }) => costNano !== null)
    const sum = (of: readonly SpanRow[]) =>
      of.reduce((all, { costNano }) => all + (costNano ?? 0), 0)
    expect(found.calls.total).toMatchObject({
      count: COUNT,
      priced: known.length,
      costNano: sum(known),
    })
    for (const { name, total } of found.groups) {
      expect(total.costNano).toBe(sum(known.filter(({ model }) => model === name)))
    }
    expect(found.groups.find(({ name }) => name === 'own-model')?.total.priced).toBe(0)
  })

  it('goes on where the store stops, and says until when it got', async () => {
    const step = DAY_US / 4
    const slow: Store = {
      ...store,
      async sum(project, query) {
        const end = Math.min(query.fromUs + step, query.toUs)
        const part = await store.sum(project, { ...query, toUs: end })
        return end < query.toUs ? { ...part, nextUs: end } : part
      },
    }
    const whole = await overview(store, 'demo', { question: {}, by: 'model', fromUs, toUs })
    expect(await overview(slow, 'demo', { question: {}, by: 'model', fromUs, toUs })).toEqual(whole)
    const longer = { question: {}, by: 'model', fromUs: fromUs - 7 * DAY_US, toUs } as const
    expect((await overview(slow, 'demo', longer)).untilUs).toBe(longer.fromUs + 6 * step)
  })
})

describe('the page of the overview', () => {
  it('is of the last day unless told, with a table under every chart', async () => {
    const { text, html } = await visit('/overview')
    expect(text).not.toContain('range 24h')
    expect((await visit('/overview?range=7d')).text).toContain('range 7d')
    expect(text).toContain(`Overview ${COUNT} traces, ${COUNT} model calls`)
    for (const title of ['Traces', 'Cost by model', 'Latency of calls', 'Time to first text']) {
      expect(text).toContain(title)
    }
    expect(html.match(/<svg class="chart tall"/g)).toHaveLength(6)
    expect(html.match(/<details class="numbers"/g)).toHaveLength(6)
  })

  it('says that a cost is not known, and never that it is nothing', async () => {
    const { text } = await visit('/overview')
    expect(text).toMatch(/for 258 of 300 calls; what the others cost is not known/)
    expect(text).toMatch(/own-model 42 \d+ .*? unknown/)
    const own = await visit('/overview?q=model:own-model')
    expect(own.text).toContain('Cost by model Nothing is known of it in this time.')
    expect(own.text).not.toContain('$')
  })

  it('leads from a point to the traces in it, with the same filters', async () => {
    const { links } = await visit('/overview?q=status:error')
    const point = links.find((link) => link.startsWith('/traces?q=status:error&from=')) ?? ''
    const { html, text } = await visit(point)
    expect(html.match(/class="open"/g)?.length).toBeGreaterThan(0)
    expect(text).not.toContain('success 2 steps')
  })

  it.for(['model', 'provider', 'name', 'user', 'environment'])(
    'adds up by %s, each a link to its traces',
    async (by) => {
      const { text, links } = await visit(`/overview?by=${by}&range=7d`)
      expect(text).toContain(`Calls by ${by}`)
      expect(links.some((link) => link.startsWith(`/traces?q=${by}:`))).toBe(true)
      expect(links).toContain('/overview?range=7d&by=user')
    },
  )

  it('says so where there is nothing, and of filters that it cannot understand', async () => {
    const { text, html } = await visit('/overview?q=tag:none+latncy:1')
    expect(text).toContain('Nothing in this time matches')
    expect(text).toContain('latncy:1: there is no field of this name')
    expect(html).not.toContain('class="chart')
  })
})

describe('the overview in a browser', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await launchBrowser()))
  afterAll(() => browser.close())

  it('leads by a click on a bar to its traces', async () => {
    await using site = await serve(app(store))
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    await page.goto('/overview')
    await page.locator('svg.chart').first().locator('a').first().click()
    await page.waitForURL('**/traces?from=*')
    expect(await page.locator('a.open').count()).toBeGreaterThan(0)
    expect(complaints).toEqual([])
  })

  it('is narrowed by drawing over a chart', async () => {
    await using site = await serve(app(store))
    await using visit = await visitor(browser, site.origin)
    const { page } = visit
    await page.goto('/overview?by=user')
    const box = await page.locator('svg.chart').nth(2).boundingBox()
    if (!box) throw new Error('There is a chart')
    await page.mouse.move(box.x + 100, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + 300, box.y + 20, { steps: 3 })
    await page.mouse.up()
    await page.waitForURL('**/overview?by=user&from=*')
    expect(await page.getByRole('heading', { name: 'Calls by user' }).count()).toBe(1)
  })
})
