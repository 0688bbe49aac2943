/**
 * A response and `fetch`, looked at as the objects that they are.
 *
 * @module
 */

import { failure, OPEN, section, threw, type Answer } from './check.ts'

const { checks, check } = section('elsewhere', 'webidl.spec #js-interfaces')

const whole: Answer = {
  pieces: ['{"a":', '1}'],
  status: 201,
  statusText: 'Made',
  headers: [['x-one', 'a']],
}

const LOOKS: Record<string, [standard: unknown, look: (response: Response) => unknown]> = {
  'instanceof Response': [true, (response) => response instanceof Response],
  'its constructor': [true, (response) => response.constructor === Response],
  'its prototype': [true, (response) => Object.getPrototypeOf(response) === Response.prototype],
  'its prototype is above it': [true, (response) => Response.prototype.isPrototypeOf(response)],
  'its tag': ['[object Response]', (response) => Object.prototype.toString.call(response)],
  'as a text': ['[object Response]', String],
  'as JSON': ['{}', JSON.stringify],
  'its keys': [[], Object.keys],
  'its entries': [[], Object.entries],
  spread: ['{}', (response) => JSON.stringify({ ...response })],
  assigned: ['{}', (response) => JSON.stringify(Object.assign({}, response))],
  'its own names': [[], Object.getOwnPropertyNames],
  'its own symbols': [0, (response) => Object.getOwnPropertySymbols(response).length],
  'a descriptor of url': [
    null,
    (response) => Object.getOwnPropertyDescriptor(response, 'url') ?? null,
  ],
  'hasOwn of url': [false, (response) => Object.hasOwn(response, 'url')],
  'hasOwn of clone': [false, (response) => Object.hasOwn(response, 'clone')],
  'url in it': [true, (response) => 'url' in response],
  'its names in for in': [OPEN, namesOf],
  'it can be extended': [true, Object.isExtensible],
  'it is not frozen': [false, Object.isFrozen],
  'clone has its name and length': [['clone', 0], ({ clone }) => [clone.name, clone.length]],
  'blob has its name and length': [['blob', 0], ({ blob }) => [blob.name, blob.length]],
  'clone is that of the prototype': [true, ({ clone }) => clone === Response.prototype.clone],
  'text is that of the prototype': [true, ({ text }) => text === Response.prototype.text],
  'the getter url of the prototype': [true, (response) => getter('url', response) === response.url],
  'the getter type of the prototype': [
    true,
    (response) => getter('type', response) === response.type,
  ],
  'the getter status of the prototype': [201, (response) => getter('status', response)],
  'the getter headers of the prototype': [
    true,
    (response) => getter('headers', response) === response.headers,
  ],
  'the getter bodyUsed of the prototype': [false, (response) => getter('bodyUsed', response)],
  'its prototype has a url': [
    OPEN,
    (response) => {
      const descriptor = Object.getOwnPropertyDescriptor(Response.prototype, 'url')
      return [typeof descriptor?.get, descriptor?.enumerable, response.url.length > 0]
    },
  ],
  'a key of a WeakMap': [true, (response) => new WeakMap([[response, true]]).get(response)],
  'a proxy of it, its url': [
    OPEN,
    (response) => {
      try {
        return typeof new Proxy(response, {}).url
      } catch (error) {
        return String(error)
      }
    },
  ],
  'an object made from it, its url': [
    OPEN,
    (response) => {
      try {
        return typeof Object.create(response).url
      } catch (error) {
        return error instanceof Error && error.name
      }
    },
  ],
}
for (const [name, [standard, look]] of Object.entries(LOOKS)) {
  check(name, standard, async ({ answer }) => {
    const response = await answer(whole)
    const seen = look(response)
    await response.text()
    return seen
  })
}
check('frozen, it can be read', ['{"a":1}', true], async ({ answer }) => {
  const response = Object.freeze(await answer(whole))
  return [await response.text(), response.bodyUsed]
})
check('methods taken off are of no use', threw('TypeError'), async ({ answer }) => {
  const response = await answer(whole)
  const { text } = response
  const error = await failure(async () => Reflect.apply(text, undefined, []))
  await response.body?.cancel()
  return error
})
check('clone taken off is of no use', threw('TypeError'), async ({ answer }) => {
  const response = await answer(whole)
  const { clone } = response
  const error = await failure(() => Reflect.apply(clone, undefined, []))
  await response.body?.cancel()
  return error
})
check('blob taken off is of no use', threw('TypeError'), async ({ answer }) => {
  const response = await answer(whole)
  const { blob } = response
  const error = await failure(async () => Reflect.apply(blob, undefined, []))
  await response.body?.cancel()
  return error
})

const FUNCTION: Record<string, [standard: unknown, look: (fetch: unknown) => unknown]> = {
  'the name of fetch': ['fetch', (fetch) => typeof fetch === 'function' && fetch.name],
  'the length of fetch': [1, (fetch) => typeof fetch === 'function' && fetch.length],
  'the type of fetch': ['function', (fetch) => typeof fetch],
}
for (const [name, [standard, look]] of Object.entries(FUNCTION)) {
  check(name, standard, async ({ fetch, answer }) => {
    await (await answer()).text()
    return look(fetch)
  })
}

check('fetch as a method of another object', OPEN, async ({ fetch, told, body }) => {
  const holder = { fetch }
  const pending = failure(async () =>
    holder.fetch(told, { method: 'POST', body: body({ pieces: [] }) }),
  )
  return [await pending, await (await fetch(told, { method: 'POST', body: body() })).text()]
})

export const asObject = checks

function namesOf(response: Response): string[] {
  const names = []
  for (const name in response) names.push(name)
  return names.toSorted()
}

function getter(name: string, response: Response): unknown {
  return Object.getOwnPropertyDescriptor(Response.prototype, name)?.get?.call(response)
}
