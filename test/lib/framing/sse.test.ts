import { describe, expect, it } from 'vitest'
import type { Json } from '../../../src/index.ts'
import { sse } from '../../../src/lib/framing/sse.ts'

describe('sse', () => {
  it.each([1, 7, 50, 100])(
    'gives up an event that is too large, and reads on after it, in chunks of %i',
    (chunk) => {
      const found: Json[] = []
      const stream = sse(
        {
          payload: (payload) => void found.push(payload),
          undecodable: () => void found.push('undecodable'),
          overflow: () => void found.push('overflow'),
          done: () => void found.push('done'),
        },
        200,
      )
      const huge = JSON.stringify({ text: 'data: x '.repeat(300) })
      const bytes = new TextEncoder().encode(
        `data: {"n":1}\n\nevent: huge\ndata: ${huge}\n\nid: 3\ndata: {"n":2}\n\ndata: [DONE]\n\n`,
      )
      for (let at = 0; at < bytes.length; at += chunk) stream.push(bytes.slice(at, at + chunk))
      stream.end(true)
      expect(found).toEqual([{ n: 1 }, 'overflow', { n: 2 }, 'done'])
    },
  )
})
