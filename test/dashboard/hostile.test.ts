import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { term } from '../../worker/dashboard/list/list-address.ts'
import { launchBrowser } from '../support/browser.ts'
import { HOSTILE, hostileTraces } from './support/hostile.ts'
import { HOSTILE_MARKDOWN } from './support/hostile-markdown.ts'
import { memoryStore } from './support/memory-store.ts'
import { app, serve, type Site } from './support/server.ts'
import { call, sketch, traceIdOf, uuid } from './support/spans.ts'
import { spoken } from './support/spoken.ts'
import { visitor } from './support/visitor.ts'

let browser: Browser
let site: Site

beforeAll(async () => {
  const spans = hostileTraces()
  site = await serve(app(memoryStore(() => spans)))
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
})

const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim()

/** What acts, by its name. */
const named = (text: string) =>
  text.replace(/(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, (one) => {
    const code = one.charCodeAt(0)
    if (code < 0x20) return String.fromCodePoint(0x2400 + code)
    return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  })

/** As a page shows it: what acts is named, and half of a character is a mark. */
const shown = (text: string) => squeezed(named(text).toWellFormed())

/** Where the text of a call's page stands. */
const PARTS = [
  'h1',
  '.summary .tag',
  '.summary .models a',
  '.summary dd',
  '.tree td a',
  '#panel h2',
  '.failure .type b',
  '.failure .message',
  '.stack',
  '.notice',
  '.facts dd',
  '.role',
  '.turn .said',
  '.call b',
  '.call .said',
  '.tools summary',
  '.key',
  '.v-string',
  '.pairs dd',
]

/**
 * What a page is made of, as far as captured text could have made it, and what it says in its parts.
 * All that folds is opened first, for what is hidden could wait to act.
 */
const look = (page: Page, parts: readonly string[] = []) =>
  page.evaluate((parts) => {
    for (const folded of document.querySelectorAll('details')) folded.open = true
    const odd =
      'iframe,object,embed,img,math,style,base,form:not(.filters,.find,.act form,.selecting),video,audio,template,marquee'
    const elements = [...document.querySelectorAll('*')]
    const attributes = elements.flatMap((element) => [...element.attributes])
    const links = [...document.querySelectorAll('a[href]')]
    const made = {
      pwned: Reflect.get(window, 'pwned') ?? null,
      odd: [...document.querySelectorAll(odd)].map((element) => element.tagName),
      scripts: [...document.scripts].map((script) => script.getAttribute('src')),
      handlers: attributes.filter(({ name }) => /^on|^style$/.test(name)).map(({ name }) => name),
      strange: links
        .map((link) => link.getAttribute('href') ?? '')
        .filter((address) => !/^(\/(?!\/)|#)/.test(address)),
    }
    const said = parts.map((part) =>
      [...document.querySelectorAll(part)].map((element) => element.textContent),
    )
    return { made, said }
  }, parts)

/** Follows a link of the trace page and gives the heading of the step that came. */
const follow = async (page: Page, link: string) => {
  const heading = await page.evaluate(async (link) => {
    const panel = document.querySelector('#panel')
    const isBusy = () => panel?.ariaBusy === 'true'
    document.querySelector<HTMLAnchorElement>(link)?.click()
    // Marked as busy by the click itself, and until the fragment stands in it.
    while (isBusy()) await new Promise(requestAnimationFrame)
    return panel?.querySelector('h2')?.textContent ?? ''
  }, link)
  return squeezed(heading)
}

const clean = (island: string) => ({
  pwned: null,
  odd: [],
  scripts: [`/assets/${island}.js`],
  handlers: [],
  strange: [],
})

describe('hostile text', () => {
  it('is enough of it', () => {
    expect(HOSTILE.length).toBeGreaterThanOrEqual(60)
  })

  it('would be noticed if it ran', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    await page.setContent(`<img src=x onerror="window.pwned=1"><script>alert(1)</script>`)
    await page.waitForFunction(() => Reflect.get(window, 'pwned') === 1)
    expect(complaints).toContain('dialog: 1')
    expect((await look(page)).made).toMatchObject({ pwned: 1, odd: ['IMG'], handlers: ['onerror'] })
  })

  it('is shown in the list, its filters and its chips, and does nothing', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    const names: string[] = []
    for (let path: string | null = '/traces'; path;) {
      await page.goto(path)
      const { made, said } = await look(page, ['a.open'])
      expect(made).toEqual(clean('list'))
      names.push(...(said[0] ?? []))
      const older = page.locator('a[rel=next]')
      path = (await older.count()) > 0 ? await older.getAttribute('href') : null
    }
    expect(names.map(squeezed)).toEqual(HOSTILE.map(shown))

    for (const text of HOSTILE.slice(0, 12)) {
      const query = new URLSearchParams({ q: `${text} ${term('tag', text)}`, from: text })
      await page.goto(`/traces?${query}`)
      const { made, said } = await look(page, ['.notice'])
      expect(made).toEqual(clean('list'))
      expect(said.join()).toContain(text)
      expect(await page.inputValue('#q')).toContain(text)
      expect(await page.locator('.chips li').count()).toBeGreaterThan(1)
    }
    expect(complaints).toEqual([])
  })

  it.for(['name', 'model', 'user'])(
    'is shown in the overview by %s, and does nothing',
    async (by) => {
      await using visit = await visitor(browser, site.origin)
      const { page, complaints } = visit
      await page.goto(`/overview?range=30d&by=${by}`)
      const { made, said } = await look(page, ['.groups tbody th', '.legend'])
      expect(made).toEqual(clean('list'))
      expect(said[0]?.length).toBeGreaterThan(20)
      expect(said[1]?.length).toBeGreaterThan(5)
      expect(complaints).toEqual([])
    },
  )

  const GROUP = 8
  const groups = Array.from({ length: HOSTILE.length / GROUP }, (_, group) => group * GROUP)

  it.for(groups)('is shown all over a trace and does nothing: from %d on', async (first) => {
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    for (const [index, text] of [...HOSTILE.entries()].slice(first, first + GROUP)) {
      const words = shown(text).slice(0, 400)
      await page.goto(`/traces/${traceIdOf(`hostile ${index}`)}`)
      const { made, said } = await look(page, PARTS)
      expect(made).toEqual(clean('trace'))
      const says = (part: number) => said[part]?.some((one) => squeezed(one).includes(words))
      expect([text, PARTS.filter((_, part) => !says(part))]).toEqual([text, []])

      // The same through the script, which fetches fragments.
      expect(await follow(page, '#panel .views a[href$="view=json"]')).toBe(shown(text))
      expect((await look(page)).made).toEqual(clean('trace'))
      expect(await follow(page, 'tbody tr:nth-child(2) a')).toBe(shown(`child ${text}`))
      expect((await look(page)).made).toEqual(clean('trace'))
    }
    expect(complaints).toEqual([])
  })

  it('is shown where two traces are compared, and does nothing', async () => {
    await using visit = await visitor(browser, site.origin)
    const { page, complaints } = visit
    for (const [index, text] of HOSTILE.entries()) {
      const [a, b] = [`hostile ${index}`, `hostile ${(index + 1) % HOSTILE.length}`]
      for (const chosen of ['child', 'root']) {
        const step = `${uuid(`${a}/${chosen}`)}~${uuid(`${b}/${chosen}`)}`
        await page.goto(`/compare?a=${traceIdOf(a)}&b=${traceIdOf(b)}&step=${step}`)
        expect(await page.locator('.two').count()).toBe(1)
        const { made, said } = await look(page, ['.compared .line a'])
        expect(made).toEqual({ ...clean(''), scripts: [] })
        expect(said[0]?.map(squeezed)).toContain(shown(text))
      }
      const strange = new URLSearchParams({ a: text, b: traceIdOf(b), only: text, from: text })
      await page.goto(`/compare?${strange}`)
      expect((await look(page)).made).toEqual({ ...clean(''), scripts: [] })
    }
    // The browser notes each page that says what is wrong with its address.
    expect(complaints.filter((text) => !text.includes('status of 400'))).toEqual([])
  })

  it('is shown around the place where two prompts part, and does nothing', async () => {
    const texts = HOSTILE.filter((text) => text.length < 1000)
    const spans = sketch(
      'prompts',
      60_000,
      texts.map((text, index) => ({
        name: `call ${index}`,
        kind: 'generation' as const,
        model: 'm',
        at: index,
        call: call({}),
        input: {
          model: 'm',
          tools: [{ name: text, description: text }],
          messages: [{ role: text, content: text }],
        },
      })),
    )
    await using own = await serve(app(memoryStore(() => spans)))
    await using visit = await visitor(browser, own.origin)
    for (const [index, text] of texts.entries()) {
      const [id, first] = [uuid(`prompts/call ${index}`), uuid(`prompts/call ${index ? 0 : 1}`)]
      await visit.page.goto(`/traces/${traceIdOf('prompts')}/spans/${id}?view=cache&with=${first}`)
      const { made, said } = await look(visit.page, ['.cache'])
      expect(made).toEqual(clean('trace'))
      expect(squeezed(said[0]?.join() ?? '')).toContain(shown(text).slice(0, 50))
    }
    expect(visit.complaints).toEqual([])
  })

  it('is shown in a trace too long for a page, is found there, and does nothing', async () => {
    const steps = Array.from({ length: 600 }, (_, index) => ({
      name: `${index} ${HOSTILE[index % HOSTILE.length]}`,
      at: index,
    }))
    await using own = await serve(app(memoryStore(() => sketch('long', 0, steps))))
    await using visit = await visitor(browser, own.origin)
    const { page, complaints } = visit
    await page.goto(`/traces/${traceIdOf('long')}`)
    await page.locator('#tree[data-long]').waitFor()
    const held: (() => void)[] = []
    await page.route('**rows=**', (route) => void held.push(() => void route.continue()))
    await page.locator('tbody tr').first().focus()
    for (const key of ['End', ...Array.from({ length: 59 }, () => 'PageUp')]) {
      // Once by their names alone, and once whole.
      await page.keyboard.press(key)
      expect((await look(page)).made).toEqual(clean('trace'))
      for (const release of held.splice(0)) release()
    }
    await page.unroute('**rows=**')
    await page.locator('#find').fill(HOSTILE[0] ?? '')
    await page.locator('output', { hasText: /^\d+ of \d+ found$/ }).waitFor()
    await page.reload()
    await page.locator('#tree[data-long]').waitFor()
    expect(await page.locator('#find').inputValue()).toBe(HOSTILE[0])
    expect((await look(page)).made).toEqual(clean('trace'))
    expect(complaints).toEqual([])
  })

  it('stays text where it is given raw', async () => {
    await using visit = await visitor(browser, site.origin)
    const raw = `/traces/${traceIdOf('hostile 0')}/spans/${uuid('hostile 0/child')}?raw=input`
    await visit.page.goto(raw)
    expect(await visit.page.locator('body').textContent()).toContain(JSON.stringify(HOSTILE[0]))
    expect(await visit.page.evaluate(() => Reflect.get(window, 'pwned'))).toBeUndefined()
  })
})

describe('hostile Markdown', () => {
  const spans = spoken(HOSTILE_MARKDOWN)

  /** Where the answer's links lead, and what it is made of. */
  const answer = (page: Page) =>
    page.locator('.turn.r-assistant').evaluate((turn) => ({
      links: [...turn.querySelectorAll('a')].map(({ href, rel }) => ({ href, rel })),
      elements: [...new Set([...turn.querySelectorAll('*')].map(({ localName }) => localName))],
    }))
  const PLAIN =
    'a b blockquote br code del details div em hr li ol p path pre small span strong summary svg table tbody td th thead tr ul use'

  const GROUP = 9
  const groups = Array.from({ length: HOSTILE_MARKDOWN.length / GROUP }, (_, at) => at * GROUP)

  it.for(groups)(
    'runs nothing, loads nothing, and links to the web alone: from %d on',
    async (first) => {
      await using site = await serve(app(memoryStore(() => spans)))
      await using visit = await visitor(browser, site.origin)
      const { page, complaints } = visit
      for (const [index, text] of [...HOSTILE_MARKDOWN.entries()].slice(first, first + GROUP)) {
        await page.goto(`/traces/${traceIdOf(`said ${index}`)}`)
        const { made } = await look(page)
        expect([text, made]).toEqual([
          text,
          {
            ...clean('trace'),
            strange: made.strange.filter((to) => /^(https?:\/\/|mailto:)/.test(to)),
          },
        ])
        const { links, elements } = await answer(page)
        expect(links.filter(({ rel }) => rel !== 'noreferrer noopener')).toEqual([])
        expect(elements.filter((name) => !PLAIN.split(' ').includes(name))).toEqual([])
        for (const { href } of links) expect(href).not.toMatch(/script:|data:|blob:|file:|delete/i)

        await page.goto(`/traces/${traceIdOf(`said ${index}`)}?view=plain`)
        expect(await page.locator('.turn.r-assistant .said').allTextContents()).toEqual([
          named(text),
        ])
        expect((await answer(page)).links).toEqual([])
      }
      expect(complaints).toEqual([])
    },
  )
})
