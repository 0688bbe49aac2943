import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { seriousIn } from './support/accessible.ts'
import { attributes, words } from './support/html.ts'
import { memoryStore } from './support/memory-store.ts'
import { manyTraces } from './support/samples.ts'
import { app, serve } from './support/server.ts'
import { sketch, traceIdOf } from './support/spans.ts'
import { visitor } from './support/visitor.ts'

function dashboard(spans = manyTraces(60)) {
  const store = memoryStore(() => spans)
  return { site: app(store), store, spans }
}

const ids = (count: number) => Array.from({ length: count }, (_, at) => traceIdOf(`many ${at}`))
const address = (to: string, traces: readonly string[]) =>
  `/selected?${new URLSearchParams([...traces.map((id) => ['trace', id]), ['do', to]])}`

describe('traces that are selected', () => {
  it('are compared, two of them', async () => {
    const { site } = dashboard()
    const [a = '', b = ''] = ids(2)
    const answer = await site.request(address('compare', [a, b]))
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `/compare?a=${a}&b=${b}`])
    for (const traces of [[a], [a, a], ids(3)]) {
      const refused = await site.request(address('compare', traces))
      expect(refused.status).toBe(400)
      expect(words(await refused.text())).toContain('Two traces are compared')
    }
  })

  it.for(['records', 'chat', 'otlp'])('are exported as %s, up to a page of them', async (to) => {
    const { site } = dashboard()
    const traces = ids(50)
    const answer = await site.request(address(to, traces))
    expect(answer.headers.get('location')).toBe(
      `/v1/export.jsonl?q=id:${traces.join('|')}&format=${to}`,
    )
    const refused = await site.request(address(to, ids(51)))
    expect(words(await refused.text())).toContain('50 traces can be selected at once, found 51')
  })

  it('are deleted after a second look', async () => {
    const spans = ['a', 'b', 'c'].flatMap((name) => sketch(name, 1000, [{ name }]))
    const { site, store } = dashboard(spans)
    const traces = ['a', 'b'].map(traceIdOf)
    const html = await (await site.request(address('delete', traces))).text()
    expect(words(html)).toContain('Delete 2 traces?')
    expect(attributes(html, 'value').toSorted()).toEqual(traces.toSorted())
    const body = new URLSearchParams(traces.map((id) => ['trace', id]))
    const deleted = await site.request('/selected/delete', { method: 'POST', body })
    expect([deleted.status, deleted.headers.get('location')]).toEqual([303, '/traces'])
    const left = await store.list('demo', {})
    expect(left.traces.map(({ name }) => name)).toEqual(['c'])
    expect((await site.request(address('delete', traces))).status).toBe(404)
  })

  it.for<[string, string]>([
    ['/selected', 'What is to be done with the traces was not said'],
    ['/selected?do=compare', 'No trace was selected'],
    ['/selected?do=explode&trace=x', 'What is to be done'],
    ['/selected?do=records&trace=../../etc', 'An id that is none'],
    ['/selected?do=delete&trace=%3Cscript%3E', 'An id that is none'],
  ])('says what is wrong with %s', async ([path, reason]) => {
    const answer = await dashboard().site.request(path)
    expect(answer.status).toBe(400)
    expect(words(await answer.text()).toLowerCase()).toContain(reason.toLowerCase())
  })

  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())

  it('show what can be done with them, and stay selected when others arrive', async () => {
    const { site, spans } = dashboard(manyTraces(5))
    await using served = await serve(site)
    await using seen = await visitor(browser, served.origin)
    const { page } = seen
    await page.goto('/traces')
    await page.locator('main[data-ready]').waitFor()
    const bar = page.locator('.selection')
    expect(await bar.isVisible()).toBe(false)
    const boxes = page.locator('.traces tbody input')
    await boxes.nth(0).check()
    await boxes.nth(2).check()
    expect(await bar.isVisible()).toBe(true)
    expect(await seriousIn(page)).toEqual([])
    await page.locator('h1').click()
    spans.push(...sketch('late', -1000, [{ name: 'late' }]))
    await page.locator('.pill:visible').waitFor({ timeout: 20_000 })
    expect(await page.locator('.traces :checked').count()).toBe(2)
    await page.getByRole('button', { name: 'Compare two' }).click()
    await page.waitForURL('**/compare?**')
    expect(seen.complaints).toEqual([])
  })

  it('work without scripts', async () => {
    await using served = await serve(dashboard(manyTraces(5)).site)
    await using seen = await visitor(browser, served.origin, { javaScriptEnabled: false })
    const { page } = seen
    await page.goto('/traces')
    await page.locator('.traces tbody input').nth(1).check()
    await page.getByRole('button', { name: 'Delete…' }).click()
    await page.getByRole('button', { name: 'Delete them' }).click()
    await page.waitForURL('**/traces')
    expect(await page.locator('.traces tbody tr').count()).toBe(4)
  })
})
