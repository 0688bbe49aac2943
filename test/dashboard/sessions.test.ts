import fc from 'fast-check'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Block } from '../../worker/dashboard/chat/turns.ts'
import { sharedTurns } from '../../worker/dashboard/trace/session-thread.ts'
import { launchBrowser } from '../support/browser.ts'
import { seriousIn } from './support/accessible.ts'
import { attributes, words } from './support/html.ts'
import { memoryStore } from './support/memory-store.ts'
import { app, serve } from './support/server.ts'
import { agents, CHAT, chat, hostileSessions } from './support/sessions.ts'
import { sketch, traceIdOf } from './support/spans.ts'
import { visitor } from './support/visitor.ts'

const store = memoryStore(() => spans)
const spans = [...chat(), ...agents()]

async function visit(path: string, of = store) {
  const reply = await app(of).request(path)
  const html = await reply.text()
  return { status: reply.status, html, text: words(html), links: attributes(html, 'href') }
}

const chatPage = `/session?${new URLSearchParams({ id: CHAT })}`

describe('the list of sessions', () => {
  it('has the one with the newest trace first, and what its traces come to', async () => {
    const { text, links } = await visit('/sessions')
    expect(text).toMatch(/chat-2026-11-23\/ada ada success chat in .* 3 1\.\d+ s 1\.\d+ s 300 → 60/)
    expect(text).toMatch(/night run cron success support agent in Ticket 0 4 1 failed/)
    expect(text.indexOf('chat-2026')).toBeLessThan(text.indexOf('night run'))
    expect(links).toContain(chatPage)
  })

  it('is searched as traces are', async () => {
    const { text } = await visit('/sessions?q=user:cron')
    expect(text).toContain('night run')
    expect(text).not.toContain('chat-2026')
    expect((await visit('/sessions?q=user:nobody')).text).toContain(
      'No session has a trace that matches',
    )
    expect((await visit('/sessions?sort=cost')).text).toContain('sessions have one order')
    expect((await visit('/sessions?before=nonsense!')).text).toContain('here is the first')
  })

  it('says what a session is where there is none', async () => {
    const { text } = await visit(
      '/sessions',
      memoryStore(() => []),
    )
    expect(text).toContain('No sessions yet')
    expect(text).toContain('withAttributes')
  })

  it('leads on', async () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      sketch(`many ${index}`, index * 1000, [{ name: 'chat', sessionId: `session ${index}` }]),
    ).flat()
    const of = memoryStore(() => many)
    const first = await visit('/sessions', of)
    const next = first.links.find((link) => link.includes('before='))
    const second = await visit(next ?? '', of)
    expect(first.text).toContain('session 49')
    expect(first.text).not.toContain('session 50')
    expect(second.text).toContain('session 50')
    expect(second.text).not.toContain('session 49')
  })
})

describe('one session', () => {
  it('is a thread: each trace once, without what was said before', async () => {
    const { text, links } = await visit(chatPage)
    expect(text).toContain('Traces 3')
    expect(text.match(/You help customers of a shop/g)).toHaveLength(3)
    expect(text).toContain('3 earlier messages, as before')
    expect(text).toContain('5 earlier messages, as before')
    expect(text.indexOf('Where is order')).toBeLessThan(text.indexOf('To 5 Harbour Street'))
    expect(links).toContain(`/traces/${traceIdOf('chat 2')}`)
  })

  it('is read from its end as well', async () => {
    const { text, links } = await visit(`${chatPage}&order=newest`)
    const [oldest, newest] = [0, 2].map((turn) =>
      links.indexOf(`/traces/${traceIdOf(`chat ${turn}`)}`),
    )
    expect(newest).toBeLessThan(oldest ?? 0)
    expect(text).toContain('5 earlier messages, as before')
  })

  it('is read in pages', async () => {
    const long = Array.from({ length: 45 }, (_, index) =>
      sketch(`long ${index}`, (50 - index) * 1000, [
        { name: `turn ${index}.`, sessionId: 'long', input: 'hello' },
      ]),
    ).flat()
    const of = memoryStore(() => long)
    const seen: string[] = []
    let path: string | undefined = '/session?id=long'
    while (path) {
      const page: Awaited<ReturnType<typeof visit>> = await visit(path, of)
      seen.push(...(page.text.match(/turn \d+\./g) ?? []))
      path = page.links.find((link) => link.includes('before='))
    }
    expect(seen).toEqual(long.map(({ name }) => name))
  })

  it('shows a trace whose root has another id, and one whose root has not arrived', async () => {
    const [root] = sketch('foreign', 1000, [{ name: 'asked', sessionId: 'f', input: 'by OTLP' }])
    const [child] = sketch('orphan', 500, [
      { name: 'only step', sessionId: 'f', parentId: 'ffffffffffffffff', input: 'no root' },
    ])
    if (!root || !child) throw new Error('a sketch has its steps')
    const of = memoryStore(() => found)
    const found = [{ ...root, traceId: 'a'.repeat(32) }, child]
    const { text } = await visit('/session?id=f', of)
    expect(text).toContain('by OTLP')
    expect(text).toContain('no root')
  })

  it.for(['/session', '/session?id=', '/session?id=unknown', '/session?id=%ED%A0%80'])(
    'says that %s is none',
    async (path) => {
      const { status, text } = await visit(path)
      expect(status).toBe(404)
      expect(text).toContain('There is no such session here')
    },
  )

  it('is named by any text', async () => {
    const names = ['..', '', 'a/b?c#d', '&id=other', 'ключ', "'; --"]
    const of = memoryStore(() => odd)
    const odd = names.flatMap((name, index) =>
      sketch(`odd ${index}`, index * 1000, [{ name: `trace ${index}`, sessionId: name }]),
    )
    const { links } = await visit('/sessions', of)
    const pages = links.filter((link) => link.startsWith('/session?'))
    expect(pages).toHaveLength(names.length)
    for (const [index, link] of pages.entries()) {
      const { status, text } = await visit(link, of)
      expect([status, text.includes(`trace ${index}`)]).toEqual([200, true])
    }
  })

  it('is led to from its traces', async () => {
    expect((await visit(`/traces/${traceIdOf('chat 1')}`)).links).toContain(chatPage)
  })
})

describe('sharedTurns', () => {
  it('counts what two conversations begin with', () => {
    const turns = fc.array(
      fc.record({ role: fc.constantFrom('user', 'assistant'), blocks: fc.constant<Block[]>([]) }),
    )
    fc.assert(
      fc.property(turns, turns, turns, (shared, one, other) => {
        const count = sharedTurns([...shared, ...one], [...shared, ...other])
        expect(count).toBeGreaterThanOrEqual(shared.length)
        expect(count).toBe(sharedTurns([...shared, ...other], [...shared, ...one]))
      }),
    )
  })
})

describe('tools', () => {
  it('are counted by name: runs, failures, times', async () => {
    const { text, links } = await visit('/tools')
    expect(text).toContain('2 tools, 4 runs')
    expect(text).toMatch(/find_order 3 1 33\.3 % \d+ ms 9\d\d ms 9\d\d ms all with errors/)
    expect(text).toMatch(/send_mail 1 0 2\.\d+ s/)
    const found = links.find((link) => link.includes('find_order') && link.includes('has:error'))
    expect((await visit(found ?? '')).text).toContain('1 trace ')
  })

  it('are searched by what their traces meet, in a time', async () => {
    expect((await visit('/tools?q=tag:odd')).text).toContain('2 tools, 2 runs')
    expect((await visit('/tools?q=name:send_mail')).text).toContain('1 tool, 1 run')
    expect((await visit('/tools?range=1h')).text).toContain('1 tool, 1 run')
    expect((await visit('/tools?q=tag:none')).text).toContain(
      'No tool ran in this time in a trace that matches',
    )
  })
})

describe('in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())

  it.for(['light', 'dark'] as const)('nothing is hard to reach, %s', async (colorScheme) => {
    await using site = await serve(app(store))
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ]) {
      await using seen = await visitor(browser, site.origin, { colorScheme, viewport })
      for (const path of ['/sessions', chatPage, '/tools', '/sessions?q=user:nobody']) {
        await seen.page.goto(path)
        expect(await seriousIn(seen.page)).toEqual([])
        const wide = await seen.page.evaluate(() => document.documentElement.scrollWidth)
        expect(wide, path).toBeLessThanOrEqual(viewport.width)
      }
      expect(seen.complaints).toEqual([])
    }
  })

  it('runs no name of a session, a user or a tool', async () => {
    const of = memoryStore(() => found)
    const found = hostileSessions()
    await using site = await serve(app(of))
    await using seen = await visitor(browser, site.origin)
    await seen.page.goto('/tools')
    await seen.page.goto('/sessions')
    const links = await seen.page
      .locator('a.open')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
    expect(links).toHaveLength(50)
    for (const link of links.slice(0, 8)) await seen.page.goto(link)
    expect(await seen.page.evaluate(() => Reflect.get(window, 'pwned'))).toBeUndefined()
    expect(seen.complaints).toEqual([])
  })
})
