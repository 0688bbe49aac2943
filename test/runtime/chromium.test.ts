import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { bundle, compile } from '../support/compile.ts'
import { createWorld, type World } from '../support/world.ts'
import { itHolds } from './held.ts'
import type { Outcomes } from './suite.ts'

const source = fileURLToPath(new URL('programs/page.ts', import.meta.url))

describe('the installed package in Chromium', () => {
  let world: World
  let browser: Browser
  let outcomes: Outcomes
  const complaints: string[] = []

  beforeAll(async () => {
    world = await createWorld()
    const program = await compile(source, inject('installed').folder, 'suite-page')
    world.put('/page.js', await bundle(program, 'browser'))
    world.put('/page.html', '<script type="module" src="/page.js"></script>')
    browser = await launchBrowser()
    const page = await browser.newPage()
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      // The browser itself tells of every answer that is no success.
      if (!/Failed to load resource/.test(message.text())) complaints.push(message.text())
    })
    await page.goto(`${world.url}/page.html`)
    await page.waitForFunction(() => 'outcomes' in globalThis)
    outcomes = await page.evaluate('globalThis.outcomes')
  })
  afterAll(async () => {
    await browser.close()
    await world.close()
  })

  itHolds({ kind: 'page', ambient: false, looksIntoRequests: true }, () => ({ world, outcomes }))

  it('leaves nothing unhandled and writes nothing', () => {
    expect(complaints).toEqual([])
  })
})
