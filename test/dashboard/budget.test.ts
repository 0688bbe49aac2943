import { readdir, readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { memoryStore } from './support/memory-store.ts'
import { longTrace, manyTraces } from './support/samples.ts'
import { app } from './support/server.ts'
import { traceIdOf } from './support/spans.ts'

const ASSETS = new URL('../../dist/public/assets/', import.meta.url)

const page = async (spans: ReturnType<typeof manyTraces>, path: string) => {
  const html = Buffer.from(await (await app(memoryStore(() => spans)).request(path)).arrayBuffer())
  return { bytes: html.length, gzipped: gzipSync(html).length }
}

const asset = async (name: string) => gzipSync(await readFile(new URL(name, ASSETS))).length

describe('what travels', () => {
  // Every value is a link to the traces that have it, and every bar of the chart to its time.
  it('is at most 90 kB, 10 kB gzipped, for a list of 50 traces', async () => {
    const { bytes, gzipped } = await page(manyTraces(50), '/traces')
    expect(bytes).toBeLessThanOrEqual(90_000)
    expect(gzipped).toBeLessThanOrEqual(10_000)
  })

  it('is at most 130 kB, 12 kB gzipped, for a trace of 200 steps', async () => {
    const { bytes, gzipped } = await page(longTrace(200), `/traces/${traceIdOf('long')}`)
    expect(bytes).toBeLessThanOrEqual(130_000)
    expect(gzipped).toBeLessThanOrEqual(12_000)
  })

  it('is a small script and a small stylesheet', async () => {
    expect(await readdir(ASSETS)).toEqual([
      'dashboard.css',
      'list.js',
      'overview.css',
      'sessions.css',
      'settings.css',
      'trace.js',
    ])
    for (const beside of ['overview.css', 'sessions.css', 'settings.css']) {
      const bytes = (await asset('dashboard.css')) + (await asset(beside))
      expect(bytes).toBeLessThanOrEqual(8192)
    }
    expect(await asset('dashboard.css')).toBeLessThanOrEqual(8000)
    expect(await asset('list.js')).toBeLessThanOrEqual(4096)
    expect(await asset('trace.js')).toBeLessThanOrEqual(10_000)
  })
})
