import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTime, writeTime } from '../../worker/api/time.ts'

describe('readTime', () => {
  it.each([
    ['1970-01-01', 0],
    ['1970-01-01T00:00:00.0000019Z', 1],
    ['1970-01-01T01:30:00.5+01:30', 500_000],
    ['1969-12-31T23:59:59.999999Z', -1],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0) * 1000],
  ])('reads %s to the microsecond', (text, us) => {
    expect(readTime(text)).toBe(us)
  })

  it('reads what writeTime writes', () => {
    const years = { min: Date.UTC(1900, 0) * 1000, max: Date.UTC(2200, 0) * 1000 }
    fc.assert(fc.property(fc.integer(years), (us) => readTime(writeTime(us)) === us))
  })
})
