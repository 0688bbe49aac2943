import { init, memory, span } from 'carrot-trace'
import { instrument } from 'carrot-trace/workers'
import { beforeEach, describe, expect, it } from 'vitest'

const recorded = memory()
init({ exporters: [recorded], sampleRate: 0, keep: { errors: true } })

beforeEach(() => recorded.clear())

describe('instrument', () => {
  it('records of what is not of the share what a rule wants, with its root', async () => {
    const handler = instrument({
      async fetch({ url }: Request) {
        span('step', () => 1)
        if (url.endsWith('/fails')) throw new RangeError('out of words')
        return new Response('')
      },
    })
    await handler.fetch(new Request('https://a.example/well'))
    expect(recorded.records).toEqual([])
    await expect(handler.fetch(new Request('https://a.example/fails'))).rejects.toThrow(RangeError)
    expect(recorded.records.map(({ name }) => name)).toEqual(['step', 'GET /fails'])
  })
})
