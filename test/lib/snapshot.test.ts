import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { snapshot } from '../../src/lib/snapshot.ts'

class Account {
  name = 'Ada'
  #secret = 'x'
  get broken(): string {
    throw new Error(this.#secret)
  }
}
const cycle: Record<string, unknown> = { name: 'loop' }
cycle.self = cycle
const shared = { a: 1 }

const cases: [name: string, value: unknown, json: unknown][] = [
  ['plain data as it is', { a: [1, 'x', true, null] }, { a: [1, 'x', true, null] }],
  ['undefined as nothing', undefined, undefined],
  ['members that are undefined as none', { a: undefined, b: 1 }, { b: 1 }],
  ['numbers that JSON has not', [Number.NaN, -Infinity, 12n, -0], ['NaN', '-Infinity', '12', 0]],
  ['a cycle', cycle, { name: 'loop', self: '[circular]' }],
  ['the same object twice', [shared, shared], [{ a: 1 }, { a: 1 }]],
  ['a Map, by key', new Map([['k', 1]]), { k: 1 }],
  ['a Set, as a list', new Set([1, 2]), [1, 2]],
  ['a Date', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['an Error', new TypeError('no'), 'TypeError: no'],
  [
    'an address, without what may be secret',
    new URL('https://me:pw@host/path?key=1'),
    'https://host/path',
  ],
  ['bytes, by their number', new Uint8Array(3), '[Uint8Array, 3 bytes]'],
  ['a function, by name', function search() {}, '[function search]'],
  ['a class instance, by its own fields', new Account(), { name: 'Ada' }],
  ['platform objects, by name', [new Headers(), Promise.resolve()], ['[Headers]', '[Promise]']],
  ['what a toJSON says', { toJSON: () => ({ id: 7 }) }, { id: 7 }],
  [
    'secrets by their name',
    { apiKey: 'k', headers: { Authorization: 'b' } },
    { apiKey: '[redacted]', headers: { Authorization: '[redacted]' } },
  ],
  ['secrets by their shape', 'use sk-abcdefghijklmnop1234', 'use [redacted]'],
]

describe('snapshot', () => {
  it.each(cases)('renders %s', (_name, value, json) => {
    expect(snapshot(value, 1_000)).toEqual(json)
  })

  it('says what it left out', () => {
    expect(snapshot({ a: 'x'.repeat(10), b: 'yy' }, 6)).toEqual({
      a: 'xxxxx… [5 more characters]',
      '…': '[1 more]',
    })
    expect(
      snapshot(
        Array.from({ length: 1_002 }, () => 0),
        10_000,
      ),
    ).toHaveLength(1_001)
  })

  it('survives values that throw when they are touched', () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no')
        },
        getPrototypeOf() {
          throw new Error('no')
        },
      },
    )
    expect(snapshot({ hostile, fine: 1 }, 100)).toEqual({ hostile: '[unreadable]', fine: 1 })
    expect(
      snapshot(
        {
          get a() {
            throw new Error('no')
          },
          b: 1,
        },
        100,
      ),
    ).toBe('[unreadable]')
  })

  it('keeps __proto__ as a plain name', () => {
    const value: unknown = JSON.parse('{"__proto__": {"polluted": true}}')
    expect(JSON.stringify(snapshot(value, 100))).toBe('{"__proto__":{"polluted":true}}')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('renders anything as JSON, bounded, without a throw', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withMap: true,
          withSet: true,
          withDate: true,
          withTypedArray: true,
        }),
        (value) => {
          const json = snapshot(value, 500)
          expect(JSON.parse(JSON.stringify({ json }))).toEqual(json === undefined ? {} : { json })
        },
      ),
    )
  })
})
