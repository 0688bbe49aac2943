import { describe, expect, it } from 'vitest'
import { activeFilters, listAddress, readFilters, toQuery } from '../../worker/dashboard/filters.ts'

const read = (query: string) => readFilters(new URLSearchParams(query))

describe('readFilters', () => {
  it('reads every filter, several tags among them', () => {
    const query =
      'status=error&model=gpt-4o&tag=a&tag=b&from=2026-11-23&to=2026-11-23T13:00%2B01:00'
    expect(read(query)).toEqual({
      filters: {
        status: 'error',
        model: 'gpt-4o',
        tags: ['a', 'b'],
        from: '2026-11-23T00:00:00.000Z',
        to: '2026-11-23T12:00:00.000Z',
      },
      problems: [],
    })
  })

  it('takes a time without a zone as UTC', () => {
    expect(read('from=2026-11-23T13:00').filters.from).toBe('2026-11-23T13:00:00.000Z')
  })

  it.for([
    ['status=broken', 'status “broken”'],
    ['range=2y', 'range “2y”'],
    ['range=constructor', 'range “constructor”'],
    ['from=yesterday', 'from “yesterday”'],
    ['to=2026-02-45', 'to “2026-02-45”'],
    ['modle=gpt-4o', '“modle”'],
    [`model=${'x'.repeat(501)}`, 'model is longer'],
    ['range=1h&from=2026-11-23', 'range is not used'],
    ['from=2026-11-23&to=2026-11-22', 'nothing can match'],
  ] as const)('names what is wrong with %s', ([query, problem]) => {
    expect(read(query).problems).toEqual([expect.stringContaining(problem)])
  })

  it('keeps the good filters beside a bad one', () => {
    expect(read('status=broken&tag=a').filters).toEqual({ tags: ['a'] })
  })

  it('stops at a number of tags that no one types', () => {
    const { filters, problems } = read(Array.from({ length: 25 }, (_, i) => `tag=${i}`).join('&'))
    expect(filters.tags).toHaveLength(20)
    expect(problems).toHaveLength(5)
  })
})

describe('listAddress', () => {
  it('leads back to the same filters', () => {
    const query = 'status=error&model=a%26b+c&tag=1&tag=2&range=24h&before=x'
    expect(listAddress(read(query).filters)).toBe(`/traces?${query}`)
    expect(listAddress({ tags: [] })).toBe('/traces')
  })
})

describe('activeFilters', () => {
  it('gives for each filter the list without it, from its newest page on', () => {
    expect(activeFilters(read('status=error&tag=1&tag=2&before=x').filters)).toEqual([
      { name: 'status', value: 'error', without: '/traces?tag=1&tag=2' },
      { name: 'tag', value: '1', without: '/traces?status=error&tag=2' },
      { name: 'tag', value: '2', without: '/traces?status=error&tag=1' },
    ])
  })
})

describe('a filter by date', () => {
  it('is shown to the minute', () => {
    const [from] = activeFilters(read('from=2026-11-23T13:00').filters)
    expect(from).toEqual({ name: 'from', value: '2026-11-23 13:00 UTC', without: '/traces' })
  })
})

describe('toQuery', () => {
  it('counts a range back from now', () => {
    expect(toQuery({ tags: [], range: '1h' }, 7_200_000)).toEqual({ fromUs: 3_600_000_000 })
  })
})
