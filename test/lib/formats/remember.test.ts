import { describe, expect, it } from 'vitest'
import { addressOf, remember } from '../../../src/lib/formats/remember.ts'

/** How often the question was asked for these addresses. */
function asked(addresses: readonly string[]): number {
  let count = 0
  const answer = remember(({ pathname }: URL) => {
    count += 1
    return pathname === '/none' ? undefined : pathname
  }, addressOf)
  for (const address of addresses) {
    const url = new URL(address, 'https://x.test')
    expect(answer(url)).toBe(url.pathname === '/none' ? undefined : url.pathname)
  }
  return count
}

const many = (count: number) => Array.from({ length: count }, (_, index) => `/${index}`)

describe('remember', () => {
  it.each<[what: string, addresses: readonly string[], times: number]>([
    ['once for one that comes again', ['/a', '/a', '/b', '/a'], 2],
    ['once where the answer is none', ['/none', '/none'], 1],
    ['each time for one with a query', ['/a?key=1', '/a?key=1'], 2],
    ['once for as many as are kept', [...many(200), ...many(200)], 200],
    ['anew when there were more', [...many(201), ...many(1)], 202],
  ])('asks %s', (_, addresses, times) => {
    expect(asked(addresses)).toBe(times)
  })
})
