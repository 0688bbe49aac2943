/**
 * What is made of the bytes of a body: texts, values, blobs, forms.
 *
 * @module
 */

import { failure, OPEN, outcome, section, threw, Unsupported } from './check.ts'
import { take } from './body-methods.ts'

const { checks, check, untraced } = section('body', 'fetch.spec #body-mixin, #dom-body-formdata')

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
    const form = await outcome(take(response, 'formData'))
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

export const bodyContents = checks
