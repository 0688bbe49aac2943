import { describe, expect, it } from 'vitest'
import { createTracer, memory } from '../../src/index.ts'

const url = 'https://models.example/v1/chat/completions'
const body = JSON.stringify({ model: 'gpt-4o', messages: [] })

/** Bodies that are read beside the sending of them, and so known only later. */
const inputs: Record<string, () => Parameters<typeof fetch>> = {
  'a Blob': () => [url, { method: 'POST', body: new Blob([body]) }],
  'a Request': () => [new Request(url, { method: 'POST', body })],
}

describe('traced fetch', () => {
  it.each(Object.entries(inputs))(
    'records a call that fails before its body was seen: %s',
    async (_, given) => {
      const exporter = memory()
      const tracer = createTracer({
        exporters: [exporter],
        fetch: async () => {
          throw new TypeError('fetch failed')
        },
      })
      await expect(tracer.fetch(...given())).rejects.toThrow('fetch failed')
      await expect
        .poll(() => exporter.records.map(({ name, status, call }) => [name, status, call?.ended]))
        .toEqual([['chat gpt-4o', 'error', 'error']])
    },
  )
})
