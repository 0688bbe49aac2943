import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAX_SCORES } from '../../worker/store/score.ts'
import { launchBrowser } from '../support/browser.ts'
import { seriousIn } from './support/accessible.ts'
import { HOSTILE } from './support/hostile.ts'
import { attributes, words } from './support/html.ts'
import { memoryStore } from './support/memory-store.ts'
import { answerQuestion } from './support/samples.ts'
import { app, serve } from './support/server.ts'
import { traceIdOf, uuid } from './support/spans.ts'
import { visitor } from './support/visitor.ts'

const TRACE = `/traces/${traceIdOf('answerQuestion')}`
const STEP = `${TRACE}/spans/${uuid('answerQuestion/search')}`

function dashboard() {
  const spans = answerQuestion()
  const site = app(memoryStore(() => spans))
  return {
    site,
    async get(path: string) {
      const html = await (await site.request(path)).text()
      return { text: words(html), links: attributes(html, 'href') }
    },
    async score(fields: Record<string, string>, step = STEP) {
      const body = new URLSearchParams(fields)
      return site.request(`${step}/score`, { method: 'POST', body })
    },
  }
}

describe('scoring a step', () => {
  it('is shown with the step and in the list, leads to its like, and can be taken back', async () => {
    const { get, score } = dashboard()
    expect((await get(`${STEP}?view=score`)).text).toContain('Scores of this step none yet')
    const given = await score({ name: 'quality', value: ' 0.25 ', note: 'beside the\npoint' })
    expect([given.status, given.headers.get('location')]).toEqual([303, `${STEP}?view=score`])
    const page = await get(`${STEP}?view=score`)
    expect(page.text).toContain('quality 0.25 beside the point')
    const list = await get('/traces')
    expect(list.text).toContain('quality 0.25')
    const like = list.links.find((link) => link.includes('score.quality'))
    expect((await get(like ?? '')).text).toContain('1 trace')
    expect((await get('/traces?q=score.quality:>0.5')).text).toContain('No trace matches')
    expect((await get('/traces.csv')).text).toContain('quality=0.25')

    await score({ name: 'quality', back: '1' })
    expect((await get(`${STEP}?view=score`)).text).toContain('none yet')
    expect((await get('/traces')).text).not.toContain('quality 0.25')
  })

  it('keeps a word a word and a number a number', async () => {
    const { get, score } = dashboard()
    await score({ name: 'verdict', value: '5 stars' })
    await score({ name: 'stars', value: '5' })
    expect((await get('/traces?q=score.verdict:"5 stars"')).text).toContain('1 trace')
    expect((await get('/traces?q=score.verdict:>1')).text).toContain('No trace matches')
    expect((await get('/traces?q=score.stars:>=5')).text).toContain('1 trace')
  })

  it.for<[Record<string, string>, string]>([
    [{ name: '', value: '1' }, 'the name of a score is a letter'],
    [{ name: '__proto__', value: '1' }, 'the name of a score is a letter'],
    [{ name: 'q', value: '' }, 'a score is a number, or a word'],
    [{ name: 'q', value: 'x'.repeat(101) }, 'at most 100 characters'],
    [{ name: 'q', value: '1', note: 'x'.repeat(2001) }, 'a note may have 2000 characters'],
  ])('says what is wrong with %j', async ([fields, reason]) => {
    const { score } = dashboard()
    const answer = await score(fields)
    expect(answer.status).toBe(400)
    expect(words(await answer.text())).toMatch(new RegExp(reason, 'i'))
  })

  it('says that a step has no room for another', async () => {
    const { score } = dashboard()
    for (let index = 0; index < MAX_SCORES; index += 1) {
      expect((await score({ name: `s${index}`, value: '1' })).status).toBe(303)
    }
    const answer = await score({ name: 'more', value: '1' })
    expect(answer.status).toBe(400)
    expect(words(await answer.text())).toContain('A step may have 50 scores')
  })

  it('says that a step is not there', async () => {
    const { score } = dashboard()
    const elsewhere = `/traces/${traceIdOf('other')}/spans/${uuid('answerQuestion/search')}`
    for (const step of [elsewhere, `${TRACE}/spans/${uuid('none')}`]) {
      expect((await score({ name: 'q', value: '1' }, step)).status).toBe(404)
    }
  })

  it('works in a browser, with and without scripts, and is easy to reach', async () => {
    await using site = await serve(dashboard().site)
    for (const javaScriptEnabled of [true, false]) {
      await using seen = await visitor(browser, site.origin, { javaScriptEnabled })
      await seen.page.goto(STEP)
      await seen.page.getByRole('link', { name: 'Score', exact: true }).click()
      await seen.page.getByRole('button', { name: 'Good' }).click()
      await seen.page.getByText('thumbs 1').first().waitFor()
      await seen.page.getByLabel('A number, or a word').fill('0.5')
      await seen.page.getByLabel('Why').fill('long')
      await seen.page.getByRole('button', { name: 'Score', exact: true }).click()
      await seen.page.getByText('quality 0.5').first().waitFor()
      if (javaScriptEnabled) expect(await seriousIn(seen.page)).toEqual([])
      expect(seen.complaints).toEqual([])
    }
  })

  it('runs no word and no note', async () => {
    const { site, score } = dashboard()
    const texts = HOSTILE.filter((text) => text.trim() !== '' && text.length <= 100)
    await using served = await serve(site)
    await using seen = await visitor(browser, served.origin)
    for (const [index, text] of texts.slice(0, 45).entries()) {
      await score({ name: `n${index}`, value: text, note: text })
    }
    for (const path of ['/traces', `${STEP}?view=score`]) await seen.page.goto(path)
    expect(await seen.page.locator('.scores li').count()).toBe(45)
    expect(await seen.page.evaluate(() => Reflect.get(window, 'pwned'))).toBeUndefined()
    expect(seen.complaints).toEqual([])
  })

  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())
})
