import { describe, expect, it } from 'vitest'
import { uuidOf } from '../../../src/lib/workers/identity.ts'

describe('uuidOf', () => {
  it('is a UUID of version 8, the same for the same text', () => {
    expect(uuidOf('orders/1')).toBe(uuidOf('orders/1'))
    expect(uuidOf('orders/1')).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    )
  })

  it('is another for every other text, in the part that names a span as well', () => {
    const texts = Array.from({ length: 50_000 }, (_, at) => `orders/${at}/step/${at % 7}`)
    const ids = texts.map(uuidOf)
    expect(new Set(ids).size).toBe(texts.length)
    expect(new Set(ids.map((id) => id.slice(-17))).size).toBe(texts.length)
    expect(uuidOf('')).toMatch(/^[\da-f-]{36}$/)
  })
})
