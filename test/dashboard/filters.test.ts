import { describe, expect, it } from 'vitest'
import { readFilters, toQuery } from '../../worker/dashboard/list/filters.ts'
import {
  activeFilters,
  between,
  listAddress,
  term,
  withTerm,
} from '../../worker/dashboard/list/list-address.ts'

const read = (query: string) => readFilters(new URLSearchParams(query))

describe('readFilters', () => {
  it('reads the search, the time, the order and the page', () => {
    const query =
      'q=status:error+tag:a&from=2026-11-23&to=2026-11-23T13:00%2B01:00&sort=-cost&before=x'
    expect(read(query)).toMatchObject({
      filters: {
        q: 'status:error tag:a',
        from: '2026-11-23T00:00:00.000Z',
        to: '2026-11-23T12:00:00.000Z',
        sort: { by: 'cost', ascending: false },
        before: 'x',
      },
      search: { items: [{ source: 'status:error' }, { source: 'tag:a' }] },
      problems: [],
    })
  })

  it('takes a time without a zone as UTC', () => {
    expect(read('from=2026-11-23T13:00').filters.from).toBe('2026-11-23T13:00:00.000Z')
  })

  it.for([
    ['q=status:broken', 'status:broken: “broken” is none of'],
    ['q=latncy:%3E2s', 'latncy:>2s: there is no field of this name'],
    ['sort=name', 'sort “name”'],
    ['range=2y', 'range “2y”'],
    ['range=constructor', 'range “constructor”'],
    ['from=yesterday', 'from “yesterday”'],
    ['to=2026-02-45', 'to “2026-02-45”'],
    ['modle=gpt-4o', '“modle”'],
    ['status=error', 'what to search for stands in q'],
    [`before=${'x'.repeat(501)}`, 'before is longer'],
    [`q=${'x'.repeat(4001)}`, 'a search may have 4000 characters'],
    ['range=1h&from=2026-11-23', 'range is not used'],
    ['from=2026-11-23&to=2026-11-22', 'nothing can match'],
  ] as const)('names what is wrong with %s', ([query, problem]) => {
    expect(read(query).problems).toEqual([expect.stringContaining(problem)])
  })

  it('keeps the good terms beside a bad one', () => {
    expect(toQuery(read('q=status:broken+tag:a'), 0)).toEqual({
      terms: [{ field: 'tag', values: ['a'] }],
    })
  })
})

describe('listAddress', () => {
  it('leads back to the same filters', () => {
    const query = 'q=model:"a%26b+c"+-tag:1&range=24h&sort=-cost&before=x'
    const address = listAddress(read(query).filters)
    expect(address).toBe('/traces?q=model:%22a%26b+c%22+-tag:1&range=24h&sort=-cost&before=x')
    expect(read(address.split('?')[1] ?? '')).toEqual(read(query))
    expect(listAddress({ q: '' })).toBe('/traces')
  })
})

describe('withTerm', () => {
  it.for([
    ['', 'tag:a', 'tag:a'],
    ['status:error', 'tag:a', 'status:error tag:a'],
    ['tag:a', 'tag:a', 'tag:a'],
    ['-tag:a status:error', 'tag:a', 'status:error tag:a'],
    ['tag:a', '-tag:a', '-tag:a'],
  ] as const)('of “%s” and %s is “%s”', ([q, source, expected]) => {
    expect(withTerm({ q, before: 'x' }, source)).toEqual({ q: expected })
  })

  it.for(['plain', 'a b', 'say "hi"', 'back\\slash', '-minus', 'star*', 'a|b', 'x:y', ' '])(
    'finds %j word for word',
    (value) => {
      const { filters, ...rest } = read(new URLSearchParams({ q: term('tag', value) }).toString())
      expect(toQuery({ filters, ...rest }, 0)).toEqual({
        terms: [{ field: 'tag', values: [value] }],
      })
    },
  )
})

describe('between', () => {
  it('takes the place of a range and of an older page', () => {
    const filters = between({ q: 'tag:a', range: '1h', before: 'x' }, 0, 60_000_000)
    expect(listAddress(filters)).toBe('/traces?q=tag:a&from=1970-01-01T00:00Z&to=1970-01-01T00:01Z')
  })
})

describe('activeFilters', () => {
  it('gives for each filter the list without it, from its first page on, and marks what is bad', () => {
    const { filters, search } = read('q=status:error+modle:x+tag:2&range=1h&before=x')
    expect(activeFilters(filters, search)).toEqual([
      {
        name: '',
        value: 'status:error',
        without: '/traces?q=modle:x+tag:2&range=1h',
        isBad: false,
      },
      { name: '', value: 'modle:x', without: '/traces?q=status:error+tag:2&range=1h', isBad: true },
      {
        name: '',
        value: 'tag:2',
        without: '/traces?q=status:error+modle:x&range=1h',
        isBad: false,
      },
      { name: 'range', value: '1h', without: '/traces?q=status:error+modle:x+tag:2', isBad: false },
    ])
  })
})

describe('a filter by date', () => {
  it('is shown to the minute', () => {
    const { filters, search } = read('from=2026-11-23T13:00')
    expect(activeFilters(filters, search)).toMatchObject([
      { name: 'from', value: '2026-11-23 13:00 UTC', without: '/traces' },
    ])
  })
})

describe('toQuery', () => {
  it('counts a range back from now', () => {
    expect(toQuery(read('range=1h'), 7_200_000)).toEqual({ fromUs: 3_600_000_000 })
  })

  it('asks for terms, an order and a page', () => {
    expect(toQuery(read('q=latency:%3E2s&sort=latency&before=x'), 0)).toEqual({
      terms: [{ field: 'latency', is: '>', value: 2_000_000 }],
      sort: 'latency',
      ascending: true,
      before: 'x',
    })
  })
})
