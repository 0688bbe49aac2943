import { describe, expect, it } from 'vitest'
import { parseTraceparent, spanIdOf, traceIdOf, traceparent, uuid } from '../../src/lib/ids.ts'

describe('uuid', () => {
  it('is a UUIDv7 of now', () => {
    const id = uuid()
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(
      Math.abs(Number.parseInt(id.replace('-', '').slice(0, 12), 16) - Date.now()),
    ).toBeLessThan(1_000)
  })

  it('is never the same', () => {
    expect(new Set(Array.from({ length: 10_000 }, uuid)).size).toBe(10_000)
  })

  it('names trace and span', () => {
    const id = '01890a5d-ac96-774b-bcce-b302099a8057'
    expect([traceIdOf(id), spanIdOf(id)]).toEqual([
      '01890a5dac96774bbcceb302099a8057',
      'bcceb302099a8057',
    ])
  })
})

describe('traceparent', () => {
  const trace = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    sampled: true,
  }

  it('is read as it is written', () => {
    expect(traceparent(trace)).toBe('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')
    expect(parseTraceparent(traceparent(trace))).toEqual(trace)
    expect(parseTraceparent(traceparent({ ...trace, sampled: false }))?.sampled).toBe(false)
  })

  it.each([
    '',
    'x',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331',
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
    'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01',
  ])('is none if it is not valid: %s', (header) => {
    expect(parseTraceparent(header)).toBeUndefined()
  })
})
