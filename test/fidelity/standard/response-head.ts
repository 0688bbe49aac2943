/**
 * What a response says of itself.
 *
 * @module
 */

import { failure, OPEN, section, threw } from './check.ts'
import { loosely } from './loosely.ts'

const { checks, check } = section('response', 'fetch.spec #response-class')

for (const status of [
  200, 201, 202, 203, 206, 226, 299, 400, 401, 404, 418, 429, 500, 503, 529, 599,
]) {
  check(`status ${status}`, [status, status < 300, 'text'], async ({ answer }) => {
    const response = await answer({ status, pieces: ['text'] })
    return [response.status, response.ok, await response.text()]
  })
}
for (const status of [600, 700, 999]) {
  check(`status ${status}, which no Response can be made with`, OPEN, async ({ answer }) => {
    const response = await answer({ status, pieces: ['text'] })
    const { ok, bodyUsed } = response
    return [response.status, ok, bodyUsed, response.body?.locked, await response.text()]
  })
}
for (const [name, statusText] of Object.entries({
  custom: 'As You Like It',
  empty: '',
  'with a tab': 'a\tb',
  'of Latin letters': 'Gr\u00FC\u00DFe',
  'of the bytes of other letters': '\u00E4\u00BD\u00A0\u00E5\u00A5\u00BD',
})) {
  check(`a status text, ${name}`, OPEN, async ({ answer }) => {
    const response = await answer({ statusText, pieces: ['text'] })
    return [response.status, response.statusText, await response.text()]
  })
}
check('url is the address without its fragment', true, async ({ fetch, told, body }) => {
  const response = await fetch(`${told}?a=1#part`, { method: 'POST', body: body() })
  await response.text()
  return response.url === `${told}?a=1`
})
check('type of the same origin', OPEN, async ({ answer }) => {
  const response = await answer()
  await response.text()
  return [response.type, response.redirected]
})
check('getters say the same each time', [true, true, true], async ({ answer }) => {
  const response = await answer()
  const same = [
    response.headers === response.headers,
    response.body === response.body,
    response.url === response.url,
  ]
  await response.text()
  return same
})
for (const name of [
  'url',
  'status',
  'ok',
  'redirected',
  'type',
  'statusText',
  'headers',
  'body',
  'bodyUsed',
]) {
  check(`${name} cannot be set`, threw('TypeError'), async ({ answer }) => {
    const response = await answer()
    const error = await failure(() => Object.assign(response, { [name]: 'other' }))
    await response.text()
    return error
  })
}
check('a property of one own can be set', 'other', async ({ answer }) => {
  const response = loosely(Object.assign(await answer(), { other: 'other' })) as Response & {
    other: string
  }
  await response.text()
  return response.other
})
check('url can be defined anew', 'other', async ({ answer }) => {
  const response = await answer()
  Object.defineProperty(response, 'url', { value: 'other' })
  await response.text()
  return response.url
})

const NAMED = [
  ['Content-Type', 'application/json'],
  ['X-Two', 'b'],
  ['x-one', 'a'],
  ['X-Two', 'c'],
  ['x-empty', ''],
  ['set-cookie', 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT'],
  ['set-cookie', 'b=2'],
] as const
const ask = { headers: NAMED }
const told = (names: Iterable<string>) =>
  [...names].filter((name) => /^(content-type|x-|set-cookie)/.test(name))

check('headers are combined, in small letters', ['b, c', 'b, c', '', null], async ({ answer }) => {
  const { headers, body } = await answer(ask)
  await body?.cancel()
  return ['x-two', 'X-TWO', 'x-empty', 'x-none'].map((name) => headers.get(name))
})
check('has() of headers', [true, true, false], async ({ answer }) => {
  const { headers, body } = await answer(ask)
  await body?.cancel()
  return ['x-one', 'X-Empty', 'x-none'].map((name) => headers.has(name))
})
check('headers come in order of their names', OPEN, async ({ answer }) => {
  const { headers, body } = await answer(ask)
  await body?.cancel()
  const each: string[] = []
  headers.forEach((value, name, of) => each.push(`${name}=${value.slice(0, 3)}${of === headers}`))
  return [
    told(headers.keys()),
    [...headers.values()].length,
    told(each),
    told([...headers].map(([name]) => name)),
  ]
})
check('getSetCookie()', OPEN, async ({ answer }) => {
  const { headers, body } = await answer(ask)
  await body?.cancel()
  return [headers.getSetCookie(), headers.get('set-cookie')]
})
check('get() of a name that is none', threw('TypeError'), async ({ answer }) => {
  const { headers, body } = await answer(ask)
  await body?.cancel()
  return failure(() => headers.get('a b'))
})
for (const [name, change] of Object.entries({
  append: (headers: Headers) => headers.append('x-one', 'b'),
  set: (headers: Headers) => headers.set('x-one', 'b'),
  delete: (headers: Headers) => headers.delete('x-one'),
  'delete of none': (headers: Headers) => headers.delete('x-none'),
  'set of a wrong name': (headers: Headers) => headers.set('a b', 'b'),
  'set by the prototype': (headers: Headers) => Headers.prototype.set.call(headers, 'x-one', 'b'),
})) {
  check(`headers refuse ${name}`, threw('TypeError'), async ({ answer }) => {
    const { headers, body } = await answer(ask)
    await body?.cancel()
    return { ...((await failure(() => change(headers))) as object), detail: headers.get('x-one') }
  })
}
check('headers copied can be changed', ['b', 'a'], async ({ answer }) => {
  const { headers, body } = await answer(ask)
  await body?.cancel()
  const copy = new Headers(headers)
  copy.set('x-one', 'b')
  return [copy.get('x-one'), headers.get('x-one')]
})
check('headers are Headers', [true, '[object Headers]'], async ({ answer }) => {
  const { headers, body } = await answer(ask)
  await body?.cancel()
  return [headers instanceof Headers, Object.prototype.toString.call(headers)]
})
check('a header of Latin letters', OPEN, async ({ answer }) => {
  const { headers, body } = await answer({
    headers: [['x-one', 'Gr\u00FC\u00DFe \u00E4\u00BD\u00A0']],
  })
  await body?.cancel()
  return headers.get('x-one')
})

export const responseHead = checks
