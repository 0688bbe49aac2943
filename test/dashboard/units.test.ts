import { describe, expect, it } from 'vitest'
import { compact, count, dollars, duration, moment, size } from '../../worker/dashboard/units.ts'

describe('duration', () => {
  it.for([
    [0, '0 ms'],
    [420, '0.42 ms'],
    [4_200, '4.2 ms'],
    [985_000, '985 ms'],
    [999_600, '1.00 s'],
    [1_400_000, '1.40 s'],
    [12_340_000, '12.3 s'],
    [59_960_000, '1:00.0'],
    [66_200_000, '1:06.2'],
    [3_599_990_000, '1:00:00'],
    [3_662_000_000, '1:01:02'],
    [-5, '0 ms'],
  ] as const)('says %d µs as %s', ([us, text]) => {
    expect(duration(us)).toBe(text)
  })
})

describe('dollars', () => {
  it.for([
    [0, '$0'],
    [4.116, '$4.12'],
    [12_345.6, '$12,345.60'],
    [0.0432, '$0.043'],
    [0.000811, '$0.00081'],
    [0.0000000012, '$0.0000000012'],
  ] as const)('says %d as %s', ([usd, text]) => {
    expect(dollars(usd)).toBe(text)
  })
})

describe('counts and sizes', () => {
  it('keep every digit as long as a column has room', () => {
    expect([0, 999, 1234, 9999, 12_345, 999_949, 9_800_000].map(compact)).toEqual([
      '0',
      '999',
      '1,234',
      '9,999',
      '12.3k',
      '999.9k',
      '9.8M',
    ])
    expect(count(1_234_567)).toBe('1,234,567')
    expect([17, 1500, 3_200_000].map(size)).toEqual(['17 B', '1.5 kB', '3.2 MB'])
  })
})

describe('moment', () => {
  it('is said in UTC, to the second', () => {
    expect(moment(Date.UTC(2026, 10, 23, 13, 2, 11, 204) * 1000)).toEqual({
      iso: '2026-11-23T13:02:11.204Z',
      day: '23 Nov 2026',
      clock: '13:02:11',
    })
  })

  it('survives what no calendar holds', () => {
    expect(moment(1e30)).toEqual({ iso: '', day: '1e+30', clock: '' })
  })
})
