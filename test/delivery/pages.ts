/**
 * Pages in Chromium, left in each way.
 *
 * @module
 */

import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { launchBrowser } from '../support/browser.ts'
import { bundle, compile } from '../support/compile.ts'
import { createWorld } from '../support/world.ts'
import { count, expected, type Row, type Way } from './row.ts'

interface Ending extends Way {
  /** What the page does, by its address. */
  way: string
  leave(page: Page): Promise<unknown>
}

export const BROWSER = 'Chromium'
const NONE = { everywhere: 0 }

export const PAGE_ENDINGS: readonly Ending[] = [
  {
    name: 'is closed right after a call',
    way: 'closed',
    recorded: 2,
    leave: (page) => page.close(),
  },
  {
    name: 'is closed while a stream runs',
    way: 'closed-mid-stream',
    recorded: 4,
    leave: (page) => page.close(),
  },
  {
    name: 'goes elsewhere',
    way: 'navigated',
    recorded: 2,
    leave: (page) => page.goto('about:blank'),
  },
  { name: 'is loaded again', way: 'reloaded', recorded: 2, leave: (page) => page.reload() },
  { name: 'its tab is hidden', way: 'hidden', recorded: 2, leave: hide },
  {
    name: 'its tab is hidden, with 300 kB to send',
    way: 'hidden-with-much',
    recorded: 12,
    leave: hide,
  },
  {
    name: 'is closed with 60 kB to send, three bytes a character',
    way: 'closed-with-script',
    recorded: 5,
    leave: (page) => page.close(),
  },
  { name: 'crashes', way: 'crashed', recorded: 2, delivers: NONE, leave: crash },
  { name: 'crashes after `flush()`', way: 'flushed-crashed', recorded: 2, leave: crash },
]

/** A browser without windows hides none: this is what pages see of it. */
function hide(page: Page): Promise<void> {
  return page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
}

async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  void session.send('Page.crash').catch(() => {}) // nobody is left to answer
  await crashed
}

export async function endPages(folder: string): Promise<Row[]> {
  const source = fileURLToPath(new URL('programs/page.ts', import.meta.url))
  const world = await createWorld()
  const program = await compile(source, folder, 'ending-page')
  world.put('/page.js', await bundle(program, 'browser'))
  world.put('/page.html', '<script type="module" src="/page.js"></script>')
  const browser = await launchBrowser()
  const context = await browser.newContext() // one for all: what outlives a page does not outlive its profile
  for (const ending of PAGE_ENDINGS) {
    const page = await context.newPage()
    await page.goto(`${world.url}/page.html?${ending.way}`)
    await page.waitForFunction(() => 'ready' in globalThis)
    await page.evaluate('globalThis.ready')
    await ending.leave(page)
    await world
      .collector(ending.way)
      .until((requests) => count(requests) >= expected(ending, BROWSER))
  }
  await browser.close()
  await world.quiet()
  const rows = PAGE_ENDINGS.map((ending) => ({
    ...ending,
    delivered: { [BROWSER]: count(world.collector(ending.way).requests) },
  }))
  await world.close()
  return rows
}
