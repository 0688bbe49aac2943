import { build } from 'esbuild'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AT_ONCE } from '../../examples/model-apis/handler.ts'
import { listen, type Listening } from '../../examples/model-apis/listen.ts'
import { answer } from '../../examples/model-apis/serve.ts'
import { EXPECTED } from '../fidelity/expected.ts'
import { EXPECTED_PATHS, type Observation } from '../fidelity/observe.ts'
import { knownDifferences } from '../fidelity/standard/differences.ts'
import { resultOf, type Verdict } from '../fidelity/standard/verdict.ts'
import { launchBrowser } from '../support/browser.ts'
import { answerOnWire } from '../support/wire-server.ts'

/** Of exceptions and rejections, those that nobody in the page handled. */
const unhandled: string[] = []
let browser: Browser
let server: Listening
let observed: [Observation[], string[], Observation[]]
let verdicts: Verdict[]

beforeAll(async () => {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
  })
  // Page and model APIs share an origin, as behind an application's own proxy.
  const pages = createServer((incoming, outgoing) => {
    if (incoming.url === '/page') outgoing.end('<script type="module" src="/page.js"></script>')
    else if (incoming.url === '/page.js') {
      outgoing.setHeader('content-type', 'text/javascript')
      outgoing.end(bundle.outputFiles[0]?.contents)
    } else if (incoming.url?.startsWith('/v1/')) void answer(incoming, outgoing, AT_ONCE)
    else void answerOnWire(incoming, outgoing)
  })
  server = await listen(pages)
  browser = await launchBrowser()
  const page = await browser.newPage()
  page.on('pageerror', (error) => unhandled.push(String(error)))
  await page.goto(`${server.url}/page`)
  await page.waitForFunction(() => 'observed' in globalThis)
  observed = await page.evaluate('globalThis.observed')
  verdicts = await page.evaluate('globalThis.observedStandard')
})

afterAll(async () => {
  await browser.close()
  await server.close()
})

describe('in Chromium', () => {
  it('shows the application what fetch shows it', () => {
    const [scenarios] = observed
    expect(scenarios.map(({ name, traced }) => ({ name, seen: traced }))).toEqual(
      scenarios.map(({ name, native }) => ({ name, seen: native })),
    )
  })

  it('records what happened', () => {
    const [scenarios] = observed
    const records = Object.fromEntries(scenarios.map(({ name, records }) => [name, records]))
    expect(records).toEqual(EXPECTED)
  })

  it('does both in every way a wire can answer', () => {
    const [, , wire] = observed
    expect(wire.map(({ name, traced }) => ({ name, seen: traced }))).toEqual(
      wire.map(({ name, native }) => ({ name, seen: native })),
    )
    expect(wire.map(({ name, records }) => [name, records.map(({ ended }) => ended)])).toEqual(
      wire.map(({ name, ended }) => [name, ended]),
    )
  })

  it('differs from fetch where it is known to, and nowhere else, check by check', () => {
    expect(resultOf(verdicts)).toEqual({ differing: knownDifferences('Chromium'), invalid: [] })
  })

  it('gives calls of concurrent pipelines their own parents by explicit context', () => {
    expect(observed[1]).toEqual(EXPECTED_PATHS)
  })

  it('leaves no rejection for nobody to handle', () => {
    expect(unhandled).toEqual([])
  })
})
