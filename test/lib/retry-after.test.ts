import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { retryAfter } from '../../src/lib/retry-after.ts'

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('Tue, 03 Mar 2026 12:00:00 GMT') }))
afterEach(() => void vi.useRealTimers())

describe('retryAfter', () => {
  const SAID: [what: string, headers: Record<string, string>, ms: number | undefined][] = [
    ['nothing', {}, undefined],
    ['seconds', { 'retry-after': '3' }, 3_000],
    ['milliseconds, where both are said', { 'retry-after': '3', 'retry-after-ms': '20.5' }, 20.5],
    ['a date', { 'retry-after': 'Tue, 03 Mar 2026 12:00:05 GMT' }, 5_000],
    ['a date that is over', { 'retry-after': 'Tue, 03 Mar 2026 11:59:00 GMT' }, undefined],
    [
      'a date by a clock that is a day ahead',
      { 'retry-after': 'Wed, 04 Mar 2026 12:00:05 GMT', date: 'Wed, 04 Mar 2026 12:00:00 GMT' },
      5_000,
    ],
    [
      'a date by a clock that is a day behind',
      { 'retry-after': 'Mon, 02 Mar 2026 12:00:05 GMT', date: 'Mon, 02 Mar 2026 12:00:00 GMT' },
      5_000,
    ],
    [
      'a date beside one that makes no sense',
      { 'retry-after': 'Tue, 03 Mar 2026 12:00:05 GMT', date: 'noon' },
      5_000,
    ],
    ['what makes no sense', { 'retry-after': 'soon' }, undefined],
    ['less than nothing', { 'retry-after': '-1' }, undefined],
  ]

  it.each(SAID)('reads %s', (_what, headers, ms) => {
    expect(retryAfter(new Headers(headers))).toBe(ms)
  })
})
