/**
 * Headers in every form that a request takes them in.
 *
 * @module
 */

import { failure, OPEN, section, threw, type Arrived } from './check.ts'
import { loosely } from './loosely.ts'

const { checks, check, untraced } = section(
  'request headers',
  'fetch.spec #headers-class, HeadersInit',
)

const FORMS: Record<string, () => HeadersInit> = {
  'a record': () => ({ 'X-One': 'a', 'x-two': 'b' }),
  'a record without prototype': () =>
    Object.assign(Object.create(null), { 'X-One': 'a', 'x-two': 'b' }),
  'a list of pairs': () => [
    ['X-One', 'a'],
    ['x-two', 'b'],
  ],
  Headers: () => new Headers({ 'X-One': 'a', 'x-two': 'b' }),
  'a Map': () =>
    loosely(
      new Map([
        ['X-One', 'a'],
        ['x-two', 'b'],
      ]),
    ),
  'a generator': () =>
    loosely(
      (function* () {
        yield ['X-One', 'a']
        yield ['x-two', 'b']
      })(),
    ),
  'entries of Headers': () => loosely(new Headers({ 'X-One': 'a', 'x-two': 'b' }).entries()),
  'a list of sets': () => loosely([new Set(['X-One', 'a']), new Set(['x-two', 'b'])]),
}
for (const [form, headers] of Object.entries(FORMS)) {
  check(`${form}`, ['a', 'b'], async ({ arrives }) =>
    valuesOf(await arrives({ headers: headers() }), 'x-one', 'x-two'),
  )
}

check('an iterable is read once', 1, async ({ arrives }) => {
  let times = 0
  const headers = {
    *[Symbol.iterator]() {
      times += 1
      yield ['x-one', 'a']
    },
  }
  await arrives({ headers: loosely(headers) })
  return times
})
check('getters of a record are asked once', 1, async ({ arrives }) => {
  let times = 0
  const headers = {
    get 'x-one'() {
      return ((times += 1), 'a')
    },
  }
  await arrives({ headers })
  return times
})
check('pairs of one name are combined', ['a, b'], async ({ arrives }) =>
  valuesOf(
    await arrives({
      headers: [
        ['x-one', 'a'],
        ['X-ONE', 'b'],
      ],
    }),
    'x-one',
  ),
)
check('values lose the space around them', ['a b'], async ({ arrives }) =>
  valuesOf(await arrives({ headers: { 'x-one': ' \t a b\n ' } }), 'x-one'),
)
check('values that are no text become one', ['7', 'null', 'true'], async ({ arrives }) =>
  valuesOf(
    await arrives({ headers: loosely({ 'x-one': 7, 'x-two': null, 'x-three': true }) }),
    'x-one',
    'x-two',
    'x-three',
  ),
)
check('an empty value', [''], async ({ arrives }) =>
  valuesOf(await arrives({ headers: { 'x-one': '' } }), 'x-one'),
)
check('a value of Latin letters', OPEN, async ({ arrives }) =>
  valuesOf(await arrives({ headers: { 'x-one': 'Grüße' } }), 'x-one'),
)
check(
  'headers undefined',
  'text/plain;charset=UTF-8',
  async ({ arrives }) => (await arrives(loosely({ headers: undefined }))).type,
)
check(
  'headers empty',
  'text/plain;charset=UTF-8',
  async ({ arrives }) => (await arrives({ headers: {} })).type,
)
check('inherited members of a record are none', [null], async ({ arrives }) =>
  valuesOf(await arrives({ headers: Object.create({ 'x-one': 'a' }) }), 'x-one'),
)

const REFUSED: Record<string, unknown> = {
  null: null,
  'a number': 7,
  'a name with a space': { 'x one': 'a' },
  'an empty name': { '': 'a' },
  'a name with other letters': { größe: 'a' },
  'a value with a line break inside': { 'x-one': 'a\nb' },
  'a value with a zero': { 'x-one': 'a\0b' },
  'a value with other letters': { 'x-one': '你好' },
  'a pair of three': [['x-one', 'a', 'b']],
  'a pair of one': [['x-one']],
  'a list of texts': ['x-one: a'],
  'a list of numbers': [7],
  'a value that is a symbol': { 'x-one': Symbol('a') },
}
for (const [name, headers] of Object.entries(REFUSED)) {
  untraced(`refused: ${name}`, threw('TypeError'), async ({ arrives }) =>
    failure(arrives({ headers: loosely(headers) })),
  )
}

for (const name of ['host', 'connection', 'cookie', 'origin', 'date', 'te']) {
  check(`the header ${name}, which browsers set`, OPEN, async ({ arrives }) => {
    return valuesOf(await arrives({ headers: { [name]: '5' } }), name)
  })
}
check('a header Set-Cookie of a request', OPEN, async ({ arrives }) =>
  valuesOf(
    await arrives({
      headers: [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
    }),
    'set-cookie',
  ),
)
check(
  'accept is everything unless told',
  '*/*',
  async ({ arrives }) => valuesOf(await arrives(), 'accept')[0] ?? '',
)
check('accept as told', ['text/event-stream'], async ({ arrives }) =>
  valuesOf(await arrives({ headers: { accept: 'text/event-stream' } }), 'accept'),
)
check('many headers', 40, async ({ arrives }) => {
  const names = Array.from({ length: 40 }, (_, index) => `x-number-${index}`)
  const arrived = await arrives({ headers: Object.fromEntries(names.map((name) => [name, '1'])) })
  return valuesOf(arrived, ...names).filter((value) => value === '1').length
})
check('headers are those of the time of the call', ['before'], async ({ arrives }) => {
  const headers = new Headers({ 'x-one': 'before' })
  const pending = arrives({ headers })
  headers.set('x-one', 'after')
  return valuesOf(await pending, 'x-one')
})

export const requestHeaders = checks

function valuesOf({ detail }: Arrived, ...names: string[]): unknown[] {
  const headers = detail as Record<string, string>
  return names.map((name) => headers[name] ?? null)
}
