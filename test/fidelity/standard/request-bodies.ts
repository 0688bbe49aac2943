/**
 * Bodies of every type: what is sent of them, and the type that they are sent as.
 *
 * @module
 */

import { failure, OPEN, section, threw } from './check.ts'
import { loosely } from './loosely.ts'

const { checks, check, untraced } = section(
  'request body',
  'fetch.spec #bodyinit-unions, #concept-bodyinit-extract',
)

const text = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Grüße 👋' }] })
const encoded = () => new TextEncoder().encode(text)
const padded = () => new TextEncoder().encode(`  ${text}      `)
const none = '(none)'
const PLAIN = 'text/plain;charset=UTF-8'

const BODIES: Record<string, [body: () => unknown, type: string]> = {
  'a text': [() => text, PLAIN],
  'a Blob': [() => new Blob([text]), none],
  'a Blob of a type': [() => new Blob([text], { type: 'Application/JSON' }), 'application/json'],
  'a slice of a Blob': [() => new Blob([`  ${text}`]).slice(2, undefined, 'a/b'), 'a/b'],
  'a File': [() => new File([text], 'a.json', { type: 'application/json' }), 'application/json'],
  'an ArrayBuffer': [() => encoded().buffer, none],
  'a Uint8Array': [encoded, none],
  'a part of a buffer': [() => padded().subarray(2, 2 + encoded().length), none],
  'a DataView': [() => new DataView(padded().buffer, 2, encoded().length), none],
  'an Int8Array': [() => new Int8Array(encoded().buffer), none],
  'a String object': [() => Object(text), PLAIN],
  'any object with a text': [() => ({ toString: () => text }), PLAIN],
  'a stream': [() => streamOf([encoded()]), none],
  'a stream in pieces': [() => streamOf([...encoded()].map((byte) => Uint8Array.of(byte))), none],
  'the body of a Response': [() => new Response(text).body, none],
}
for (const [name, [body, type]] of Object.entries(BODIES)) {
  check(name, { type, same: true }, async ({ arrives }) => {
    const arrived = await arrives(loosely({ body: body(), headers: {}, duplex: 'half' }))
    const { detail } = arrived
    return { type: arrived.type || none, same: arrived.text === text, detail }
  })
  check(`${name}, with a type of the request's own`, 'my/type', async ({ arrives }) => {
    const headers = { 'Content-Type': 'my/type' }
    return (await arrives(loosely({ body: body(), headers, duplex: 'half' }))).type
  })
}

const FORM = 'application/x-www-form-urlencoded;charset=UTF-8'
const OTHERS: Record<string, [body: () => unknown, type: string, sent: string]> = {
  URLSearchParams: [() => new URLSearchParams({ a: 'ü &', b: '' }), FORM, 'a=%C3%BC+%26&b='],
  'an empty text': [() => '', PLAIN, ''],
  null: [() => null, none, ''],
  undefined: [() => undefined, none, ''],
  'a number': [() => 42, PLAIN, '42'],
  'an object': [() => ({ a: 1 }), PLAIN, '[object Object]'],
  'a list': [() => [1, 2], PLAIN, '1,2'],
  'a boolean': [() => false, PLAIN, 'false'],
  'a text with half a letter': [() => 'a\uD83D', PLAIN, 'a\uFFFD'],
  'an empty buffer': [() => new ArrayBuffer(0), none, ''],
  'an empty Blob': [() => new Blob([]), none, ''],
}
for (const [name, [body, type, sent]] of Object.entries(OTHERS)) {
  untraced(name, { type, text: sent }, async ({ arrives }) => {
    const arrived = await arrives(loosely({ body: body(), headers: {} }))
    return { type: arrived.type || none, text: arrived.text, detail: arrived.detail }
  })
}

untraced('form data', { type: 'multipart/form-data; boundary' }, async ({ arrives }) => {
  const form = new FormData()
  form.append('a', 'Grüße')
  form.append('a', 'again\nand again')
  form.append('"quoted"\r\n', new Blob(['abc'], { type: 'text/css' }), 'ü"x".css')
  form.append('file', new File(['x'], ''))
  const { type, text: size } = await arrives({ body: form, headers: {} })
  return { type, detail: size.length > 0 }
})
check('a body is made a text as often', 1, async ({ arrives }) => {
  let times = 0
  const body = { toString: () => ((times += 1), text) }
  await arrives({ body: loosely(body) })
  return times
})
check('bytes are those of the time of the call', text, async ({ arrives }) => {
  const body = encoded()
  const pending = arrives({ body })
  body.fill(0x20)
  return (await pending).text
})
check('a text of a megabyte', 1_000_000, async ({ arrives }) => {
  const messages = [{ role: 'user', content: 'x'.repeat(1_000_000) }]
  const arrived = await arrives({ body: JSON.stringify({ model: 'gpt-4o', messages }) })
  return JSON.parse(arrived.text).messages[0].content.length
})
check('a stream is pulled as it is sent, and closed', OPEN, async ({ arrives }) => {
  const events: string[] = []
  const pieces = [encoded().slice(0, 9), encoded().slice(9)]
  const body = new ReadableStream({
    pull(controller) {
      const piece = pieces.shift()
      events.push(piece ? 'pull' : 'close')
      if (piece) controller.enqueue(piece)
      else controller.close()
    },
    cancel: () => void events.push('cancel'),
  })
  const arrived = await arrives(loosely({ body, duplex: 'half' }))
  return [events, body.locked, arrived.text]
})
untraced('a stream that fails', OPEN, async ({ arrives }) => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('mine')) })
  return failure(arrives(loosely({ body, duplex: 'half' })))
})
untraced('a stream of texts', threw('TypeError'), async ({ arrives }) => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue('a text')
      controller.close()
    },
  })
  return failure(arrives(loosely({ body, duplex: 'half' })))
})

const REFUSED: Record<string, () => object> = {
  'a stream without duplex': () => ({ body: streamOf([encoded()]) }),
  'a stream that is locked': () => {
    const body = streamOf([encoded()])
    body.getReader()
    return { body, duplex: 'half' }
  },
  'a stream with keepalive': () => ({
    body: streamOf([encoded()]),
    duplex: 'half',
    keepalive: true,
  }),
  'a symbol': () => ({ body: Symbol('a body') }),
  'a view of shared memory': () => ({ body: new Uint8Array(new SharedArrayBuffer(2)) }),
}
for (const [name, init] of Object.entries(REFUSED)) {
  untraced(`refused: ${name}`, threw('TypeError'), async ({ arrives }) =>
    name.includes('shared') && typeof SharedArrayBuffer === 'undefined'
      ? { unsupported: 'SharedArrayBuffer' }
      : failure(arrives(init())),
  )
}
untraced('refused: a stream that was read', threw('TypeError'), async ({ arrives }) => {
  const body = streamOf([encoded(), encoded()])
  const reader = body.getReader()
  await reader.read()
  reader.releaseLock()
  return failure(arrives(loosely({ body, duplex: 'half' })))
})
check('an async iterable', OPEN, async ({ arrives }) => {
  const body = {
    async *[Symbol.asyncIterator]() {
      yield encoded()
    },
  }
  return await arrives(loosely({ body, duplex: 'half' }))
})

export const requestBodies = checks

function streamOf(chunks: Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift()
      if (chunk) controller.enqueue(chunk)
      else controller.close()
    },
  })
}
