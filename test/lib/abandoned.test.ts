import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { observe } from '../../src/lib/capture/observe.ts'
import { createTracer, memory } from '../../src/index.ts'
import type { Listening } from '../../examples/model-apis/listen.ts'
import { serveWire } from '../support/wire-server.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: unknown = runInNewContext('gc')

let server: Listening
beforeAll(async () => {
  server = await serveWire()
})
afterAll(() => server.close())

async function until(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (typeof collectGarbage === 'function') collectGarbage()
    if (await isSo()) return true
    await new Promise((resolve) => setImmediate(resolve))
  }
  return false
}

describe('a response that the application drops unread', () => {
  it.each([
    ['hang', 'abandoned', 'success'],
    ['not-found', 'error', 'error'],
  ])(
    'is recorded when it has been collected, and its connection let go: %s',
    async (way, ended, status) => {
      const exporter = memory()
      const tracer = createTracer({ exporters: [exporter] })
      const body = JSON.stringify({ model: 'gpt-4o', messages: [] })
      const headers = { 'x-id': `dropped-${way}` }
      await (async () => {
        const response = await tracer.fetch(`${server.url}/${way}/v1/chat/completions`, {
          method: 'POST',
          headers,
          body,
        })
        expect(response.bodyUsed).toBe(false)
      })()
      expect(await until(() => exporter.records.length > 0)).toBe(true)
      expect(exporter.records).toMatchObject([{ status, call: { ended } }])
      if (way === 'hang') {
        const seen = await fetch(`${server.url}/seen/dropped-hang/closed`)
        expect(await seen.json()).toEqual({ seen: true })
      }
    },
  )
})

describe('observe', () => {
  it('tells of one end, though the stream is collected after it', async () => {
    const ends: string[] = []
    let collected = false
    const registry = new FinalizationRegistry(() => (collected = true))
    await (async () => {
      const source = new Response('all of it').body
      if (!source) throw new Error('There is no body.')
      const stream = observe(source, { chunk: () => {}, end: (outcome) => void ends.push(outcome) })
      registry.register(stream, undefined)
      await new Response(stream).text()
    })()
    expect(await until(() => collected)).toBe(true)
    await new Promise((resolve) => setImmediate(resolve)) // other registries are told after ours
    expect(ends).toEqual(['closed'])
  })
})
