/**
 * Each way to take a body whole, in each state that the body can be in.
 *
 * @module
 */

import { failure, OPEN, section, streamOf, threw, Unsupported, type Answer } from './check.ts'
import { bytesOf } from '../seen.ts'

const { checks, check, untraced } = section('body', 'fetch.spec #body-mixin')

export const METHODS = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const
type Method = (typeof METHODS)[number]

const FORM_TYPE = [['content-type', 'application/x-www-form-urlencoded']] as const
/** An answer that the method can read, and what it reads. */
const ANSWERS: Record<Method, [answer: Answer, read: unknown]> = {
  arrayBuffer: [{ pieces: ['abc'] }, '97,98,99'],
  blob: [{ pieces: ['abc'], headers: [['content-type', 'a/b']] }, ['a/b', 'abc']],
  bytes: [{ pieces: ['abc'] }, '97,98,99'],
  formData: [
    { pieces: ['a=1&b=+%C3%BC'], headers: FORM_TYPE },
    [
      ['a', '1'],
      ['b', ' ü'],
    ],
  ],
  json: [{ pieces: ['{"a":', '[1]}'] }, { a: [1] }],
  text: [{ pieces: ['Grüße'] }, 'Grüße'],
}

/** Calls the method, and says as plain data what it gave. */
export async function take(response: Response, method: Method): Promise<unknown> {
  if (!(method in response)) throw new Unsupported(method)
  const taken: unknown = await response[method]()
  if (taken instanceof ArrayBuffer) return bytesOf(taken)
  if (taken instanceof Uint8Array) return bytesOf(taken.slice().buffer)
  if (taken instanceof Blob) return [taken.type, await taken.text()]
  if (taken instanceof FormData) return entries(taken)
  return taken
}

async function entries(form: FormData): Promise<unknown[]> {
  return Promise.all(
    [...form].map(async ([name, value]) =>
      value instanceof Blob ? [name, value.name, value.type, await value.text()] : [name, value],
    ),
  )
}

for (const method of METHODS) {
  const [answered, read] = ANSWERS[method]
  check(`${method}()`, read, async ({ answer }) => take(await answer(answered), method))
  check(`${method}() uses the body at once`, [false, true, true], async ({ answer }) => {
    const response = await answer(answered)
    const before = response.bodyUsed
    const taken = take(response, method)
    const meanwhile = response.bodyUsed
    await taken
    return [before, meanwhile, response.bodyUsed]
  })
  check(`${method}() locks the body`, OPEN, async ({ answer }) => {
    const response = await answer(answered)
    const taken = take(response, method)
    const meanwhile = response.body?.locked
    await taken
    return [meanwhile, response.body?.locked]
  })
  check(`${method}() twice`, threw('TypeError'), async ({ answer }) => {
    const response = await answer(answered)
    await take(response, method)
    return failure(take(response, method))
  })
  check(`${method}() while another reads`, ['fulfilled', 'rejected'], async ({ answer }) => {
    const response = await answer(answered)
    const both = await Promise.allSettled([take(response, method), response.text()])
    return both.map(({ status }) => status)
  })
  check(`${method}() of a locked body`, threw('TypeError'), async ({ answer }) => {
    const response = await answer(answered)
    const reader = streamOf(response).getReader()
    const error = await failure(take(response, method))
    await reader.cancel()
    return error
  })
  check(`${method}() after a reader that did not read`, read, async ({ answer }) => {
    const response = await answer(answered)
    streamOf(response).getReader().releaseLock()
    return take(response, method)
  })
  check(`${method}() after a piece was read`, threw('TypeError'), async ({ answer }) => {
    const response = await answer(answered)
    const reader = streamOf(response).getReader()
    await reader.read()
    reader.releaseLock()
    const error = await failure(take(response, method))
    await response.body?.cancel()
    return error
  })
  check(`${method}() after cancel()`, threw('TypeError'), async ({ answer }) => {
    const response = await answer(answered)
    await streamOf(response).cancel()
    return failure(take(response, method))
  })
  check(`${method}() of an empty body`, OPEN, async ({ answer }) => {
    const response = await answer({ ...answered, pieces: [] })
    const { bodyUsed } = response
    const taken = await failureOr(take(response, method))
    return [bodyUsed, taken, response.bodyUsed]
  })
  check(`${method}() of a body that breaks`, threw('TypeError'), async ({ answer }) =>
    failure(take(await answer({ ...answered, ending: 'cut' }), method)),
  )
  check(`${method}() again after it broke`, threw('TypeError'), async ({ answer }) => {
    const response = await answer({ ...answered, ending: 'cut' })
    await failure(take(response, method))
    return failure(take(response, method))
  })
  check(`${method}() by the prototype`, true, async ({ answer }) => {
    const response = await answer(answered)
    if (!(method in response)) throw new Unsupported(method)
    const taken: unknown = await Response.prototype[method].call(response)
    return taken !== undefined && response.bodyUsed
  })
  check(`${method}() of what is no response`, threw('TypeError'), async ({ answer }) => {
    const response = await answer(answered)
    const error = await failure(async () => Reflect.apply(response[method], {}, []))
    await response.body?.cancel()
    return error
  })
  for (const status of [204, 205, 304]) {
    check(`${method}() of a ${status}, which has no body`, OPEN, async ({ answer }) => {
      const response = await answer({ ...answered, status, pieces: [] })
      const { body, bodyUsed } = response
      const twice = [
        await failureOr(take(response, method)),
        await failureOr(take(response, method)),
      ]
      return [body === null, bodyUsed, twice, response.bodyUsed]
    })
  }
}

const TEXTS: Record<string, [pieces: readonly (readonly number[])[], text: string]> = {
  'without its mark of byte order': [[[0xef, 0xbb, 0xbf, 0x61]], 'a'],
  'with a second mark': [[[0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, 0x61]], '\uFEFFa'],
  'with bytes that are no letters': [[[0x61, 0xff, 0xc0, 0x62]], 'a\uFFFD\uFFFDb'],
  'that stops inside of a letter': [[[0x61, 0xf0, 0x9f, 0x91]], 'a\uFFFD'],
  'of a letter that comes in pieces': [[[0xf0], [0x9f, 0x91], [0x8b]], '👋'],
  'of a mark that comes in pieces': [[[0xef], [0xbb, 0xbf], [0x61]], 'a'],
  'of half a letter by three bytes': [[[0xed, 0xa0, 0xbd]], '\uFFFD\uFFFD\uFFFD'],
  'of zeros': [[[0, 0]], '\0\0'],
}
for (const [name, [pieces, text]] of Object.entries(TEXTS)) {
  check(`text ${name}`, text, async ({ answer }) => (await answer({ pieces })).text())
}
check('text is UTF-8 whatever the type says', '\uFFFDa', async ({ answer }) =>
  (
    await answer({
      pieces: [[0xe4, 0x61]],
      headers: [['content-type', 'text/plain;charset=latin1']],
    })
  ).text(),
)

for (const json of [
  '1',
  'null',
  '"x"',
  '[]',
  ' {"a": 1}\n',
  '{"a":1,"a":2}',
  '"\\ud83d"',
  '{"__proto__":1}',
]) {
  check(`json of ${json.trim()}`, JSON.stringify(JSON.parse(json)), async ({ answer }) =>
    JSON.stringify(await (await answer({ pieces: [json] })).json()),
  )
}
for (const json of ['', '{', '{"a":1}x', "{'a':1}", 'NaN', '<html>']) {
  check(`json of what is none: ${json || 'nothing'}`, threw('SyntaxError'), async ({ answer }) =>
    failure((await answer({ pieces: json ? [json] : [] })).json()),
  )
}
check('json after a mark of byte order', 1, async ({ answer }) =>
  (await answer({ pieces: [[0xef, 0xbb, 0xbf, 0x31]] })).json(),
)

const TYPES: Record<string, readonly (readonly [string, string])[]> = {
  none: [],
  plain: [['content-type', 'text/plain']],
  'with parameters': [['content-type', 'Text/Plain; Charset=UTF-8']],
  'with a quoted parameter': [['content-type', 'text/plain; a="b;c"']],
  'that is none': [['content-type', 'nothing']],
  empty: [['content-type', '']],
  twice: [
    ['content-type', 'text/plain'],
    ['content-type', 'text/css'],
  ],
}
for (const [name, headers] of Object.entries(TYPES)) {
  check(`blob() of a type, ${name}`, OPEN, async ({ answer }) => {
    const blob = await (await answer({ headers, pieces: ['abc'] })).blob()
    return [blob.type, blob.size, blob.constructor.name, await blob.slice(1).text()]
  })
}
check('bytes() has a buffer of its own', [0, true], async ({ answer }) => {
  const response = await answer({ pieces: ['abc', 'def'] })
  if (!('bytes' in response)) throw new Unsupported('bytes')
  const bytes = await response.bytes()
  return [bytes.byteOffset, bytes.byteLength === bytes.buffer.byteLength]
})
check('arrayBuffer() can be sent away', 3, async ({ answer }) => {
  const buffer = await (await answer({ pieces: ['abc'] })).arrayBuffer()
  return structuredClone(buffer, { transfer: [buffer] }).byteLength
})

const B = 'x-boundary'
const part = (head: string, body: string) =>
  `--${B}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`
const FORMS: Record<string, [type: string, text: string]> = {
  'of fields': [
    `multipart/form-data; boundary=${B}`,
    `${part('name="a"', '1')}${part('name="ü"', 'ß\r\n2')}--${B}--\r\n`,
  ],
  'of a file': [
    `multipart/form-data; boundary=${B}`,
    `${part('name="f"; filename="ü.css"\r\nContent-Type: text/css', '*{}')}--${B}--\r\n`,
  ],
  'with a quoted boundary': [
    `multipart/form-data; boundary="${B}"`,
    `${part('name="a"', '1')}--${B}--`,
  ],
  'without an end': [`multipart/form-data; boundary=${B}`, part('name="a"', '1')],
  'without a boundary': ['multipart/form-data', `${part('name="a"', '1')}--${B}--`],
  'of another boundary': [
    'multipart/form-data; boundary=other',
    `${part('name="a"', '1')}--${B}--`,
  ],
  'of JSON': ['application/json', '{}'],
  'of URL parameters with a charset': [
    'application/x-www-form-urlencoded; charset=utf-8',
    'a=%zz&=b&c',
  ],
}
for (const [name, [type, text]] of Object.entries(FORMS)) {
  check(`formData() ${name}`, OPEN, async ({ answer }) => {
    const response = await answer({ headers: [['content-type', type]], pieces: [text] })
    const form = await failureOr(take(response, 'formData'))
    const { bodyUsed } = response
    if (!bodyUsed) await response.body?.cancel()
    return [form, bodyUsed]
  })
}
check(
  'a body of a megabyte',
  1_048_576,
  async ({ answer }) =>
    (await (await answer({ pieces: Array.from({ length: 4 }, () => 'x'.repeat(262_144)) })).text())
      .length,
)
untraced(
  'a body that is no call is the native one',
  '1',
  async ({ fetch, echo }) => (await (await fetch(echo, { method: 'DELETE' })).text()) && '1',
)

export const bodyMethods = checks

async function failureOr(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work
  } catch (error) {
    return failure(Promise.reject(error))
  }
}
