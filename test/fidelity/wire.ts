/**
 * What the Fetch standard lets an application do with a request and its response, one thing a
 * scenario, against a server that answers in every way a wire can.
 *
 * @see https://fetch.spec.whatwg.org/
 * @module
 */

import type { Scenario, Seen } from './scenarios.ts'
import { bytesOf, caught, iterate, kindOf, untilSeen } from './seen.ts'
import { runtime } from './standard/differences.ts'

type Fetch = typeof globalThis.fetch
type Ended = 'complete' | 'truncated' | 'cancelled' | 'error' | 'nothing'

const chat = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi — 你好' }] }
let number = 0

interface Call {
  response(init?: RequestInit): Promise<Response>
  /** The address, for requests made by hand. */
  url: string
  /** Has an answer in steps go on. */
  more(): Promise<void>
  /** Resolves when the server has the request, which it does not answer. */
  waiting(): Promise<boolean>
  /** Resolves when the server has seen the client leave. */
  left(): Promise<boolean>
  fetch: Fetch
}

/** Node reads a response in no other way, so that there it is watched by its methods alone. */
const aroundMethods = runtime() === 'Node' ? 'nothing' : 'complete'

function wire(
  name: string,
  way: string,
  ended: Ended,
  run: (call: Call) => Promise<Seen>,
): Scenario {
  return {
    name: `wire, ${name}`,
    ended: ended === 'nothing' ? [] : [ended],
    async run(fetch, baseUrl) {
      number += 1
      const id = `${way}-${number}`
      const url = `${baseUrl}/${way}/v1/chat/completions`
      const headers = { 'x-id': id, 'content-type': 'application/json' }
      return run({
        url,
        fetch,
        response: (init) =>
          fetch(url, { method: 'POST', headers, body: JSON.stringify(chat), ...init }),
        more: async () => void (await (await globalThis.fetch(`${baseUrl}/more/${id}`)).text()),
        waiting: () => untilSeen(baseUrl, id, 'waiting'),
        left: () => untilSeen(baseUrl, id, 'closed'),
      })
    },
  }
}

const responses: Scenario[] = [
  wire('json()', 'json', 'complete', async ({ response }) => (await response()).json()),
  wire('text()', 'json', 'complete', async ({ response }) => (await response()).text()),
  wire('arrayBuffer()', 'json', 'complete', async ({ response }) =>
    bytesOf(await (await response()).arrayBuffer()),
  ),
  wire('bytes()', 'json', 'complete', async ({ response }) =>
    bytesOf((await (await response()).bytes()).buffer),
  ),
  wire('blob()', 'json', 'complete', async ({ response }) => {
    const blob = await (await response()).blob()
    return { type: blob.type, size: blob.size, text: await blob.text() }
  }),
  wire('formData()', 'form', 'error', async ({ response }) => [
    ...(await (await response()).formData()),
  ]),
  wire('a body read twice', 'json', 'complete', async ({ response }) => {
    const once = await response()
    await once.text()
    return [once.bodyUsed, await caught(once.text())]
  }),
  wire('two at once', 'json', 'complete', async ({ response }) => {
    const both = await response()
    const [one, two] = await Promise.allSettled([both.text(), both.text()])
    return [one.status, two.status]
  }),
  wire('clone() before reading', 'json', 'complete', async ({ response }) => {
    const original = await response()
    const copy = original.clone()
    return [await copy.json(), original.bodyUsed, await original.json(), copy.url === original.url]
  }),
  wire('clone() after reading', 'json', 'complete', async ({ response }) => {
    const read = await response()
    await read.text()
    return caught(async () => read.clone())
  }),
  wire('body.tee()', 'stream', 'complete', async ({ response }) => {
    const [one, two] = (await response()).body?.tee() ?? []
    return Promise.all([new Response(one).text(), new Response(two).text()])
  }),
  wire('body.pipeTo()', 'stream', 'complete', async ({ response }) => {
    const seen: string[] = []
    const decoder = new TextDecoder()
    const sink = new WritableStream<Uint8Array>({
      write: (chunk) => void seen.push(decoder.decode(chunk, { stream: true })),
    })
    await (await response()).body?.pipeTo(sink)
    return seen.join('')
  }),
  wire('body.pipeThrough()', 'stream', 'complete', async ({ response }) => {
    const { body } = await response()
    return body && new Response(body.pipeThrough(new TransformStream())).text()
  }),
  wire('for await over the body', 'steps', 'complete', async ({ response, more }) => {
    const { body } = await response()
    const sizes = []
    for await (const chunk of iterate(body)) {
      sizes.push(chunk.byteLength)
      await more()
    }
    return sizes
  }),
  wire('a reader with its own buffer', 'stream', 'complete', async ({ response }) => {
    const { body } = await response()
    try {
      const reader = body?.getReader({ mode: 'byob' })
      const seen: number[] = []
      for (;;) {
        const result = await reader?.read(new Uint8Array(10))
        if (!result || result.done) return seen.join()
        seen.push(...result.value)
      }
    } catch (error) {
      return [kindOf(error), await new Response(body).text()] // Bun has none
    }
  }),
  wire('a reader let go and taken up', 'steps', 'complete', async ({ response, more }) => {
    const { body } = await response()
    const first = body?.getReader()
    const one = await first?.read()
    first?.releaseLock()
    await more()
    const sizes = []
    for await (const chunk of iterate(body ?? null)) {
      sizes.push(chunk.byteLength)
      await more()
    }
    return [one?.value?.byteLength, sizes]
  }),
  wire('locked says so', 'json', 'complete', async ({ response }) => {
    const held = await response()
    const reader = held.body?.getReader()
    const locked = [held.body?.locked, held.bodyUsed]
    while (!(await reader?.read())?.done);
    return [...locked, held.bodyUsed]
  }),
  wire('closed of a reader', 'stream', 'complete', async ({ response }) => {
    const reader = (await response()).body?.getReader()
    while (!(await reader?.read())?.done);
    return reader?.closed.then(() => 'closed')
  }),
  wire('a body in chunks', 'chunked', 'complete', async ({ response }) =>
    (await response()).json(),
  ),
  wire('a compressed body', 'gzip', 'complete', async ({ response }) => {
    const packed = await response()
    return [await packed.json(), packed.headers.get('content-encoding')]
  }),
  wire(
    'a large body',
    'big',
    'complete',
    async ({ response }) => (await (await response()).text()).length,
  ),
  wire('an empty body', 'empty', 'truncated', async ({ response }) => {
    const empty = await response()
    return [empty.status, await empty.text()]
  }),
  wire('204', 'none', 'complete', async ({ response }) => {
    const none = await response()
    return [none.status, none.body, await none.text()]
  }),
  wire('304', 'not-modified', 'error', async ({ response }) => {
    const same = await response()
    return [same.status, same.ok, same.body]
  }),
  wire('a redirect followed', 'redirect', 'complete', async ({ response }) => {
    const final = await response()
    return [final.redirected, new URL(final.url).pathname, final.type, await final.json()]
  }),
  wire('a redirect that changes the method', 'see-other', 'complete', async ({ response }) => {
    const final = await response()
    return [final.redirected, new URL(final.url).pathname, await final.json()]
  }),
  wire('a redirect refused', 'redirect', 'error', async ({ response }) =>
    kindOf(await caught(response({ redirect: 'error' }))),
  ),
  wire('status and its text', 'not-found', 'error', async ({ response }) => {
    const { status, statusText, ok, headers, body } = await response()
    await body?.cancel()
    return [status, statusText, ok, headers.get('content-type')]
  }),
  wire('an error as a page', 'html', 'error', async ({ response }) => (await response()).text()),
  wire('JSON that is none', 'no-json', 'error', async ({ response }) =>
    kindOf(await caught((await response()).json())),
  ),
  wire('headers, several of a name', 'cookies', 'cancelled', async ({ response }) => {
    const { headers, body } = await response()
    await body?.cancel()
    return [
      headers.get('x-request-id'),
      headers.getSetCookie().length,
      [...headers.keys()].includes('content-type'),
    ]
  }),
  wire('headers refuse changes as they do', 'json', 'cancelled', async ({ response }) => {
    const { headers, body } = await response()
    await body?.cancel()
    return kindOf(await caught(async () => headers.set('a', 'b')))
  }),
  wire('a copy with other headers', 'json', 'complete', async ({ response }) => {
    const original = await response()
    const copy = new Response(original.body, original)
    copy.headers.set('a', 'b')
    return [copy.headers.get('a'), copy.status, await copy.json()]
  }),
  wire('methods of the prototype', 'json', aroundMethods, async ({ response }) =>
    Response.prototype.json.call(await response()),
  ),
  wire('a stream in pieces', 'split-stream', 'complete', async ({ response }) =>
    (await response()).text(),
  ),
  wire('a stream with nonsense in it', 'bad-stream', 'complete', async ({ response }) =>
    (await response()).text(),
  ),
  wire('an error inside of a stream', 'error-in-stream', 'error', async ({ response }) =>
    (await response()).text(),
  ),
  wire('a stream that stops short', 'short', 'truncated', async ({ response }) =>
    (await response()).text(),
  ),
  wire('a stream cut by the network', 'cut', 'error', async ({ response, more }) => {
    const { body } = await response()
    const reader = body?.getReader()
    const first = await reader?.read()
    await more()
    return [first?.value?.byteLength, kindOf(await caught(reader?.read()))]
  }),
  wire('a body cut by the network', 'cut-json', 'error', async ({ response }) =>
    kindOf(await caught((await response()).text())),
  ),
  wire('a connection that dies', 'die', 'error', async ({ response }) =>
    kindOf(await caught(response())),
  ),
]

const cancellations: Scenario[] = [
  wire('body.cancel()', 'hang', 'cancelled', async ({ response, left }) => {
    const { body } = await response()
    return [await body?.cancel('enough'), await left()]
  }),
  wire('cancel of a reader, in the middle', 'hang', 'cancelled', async ({ response, left }) => {
    const reader = (await response()).body?.getReader()
    const first = await reader?.read()
    await reader?.cancel()
    return [first?.value?.byteLength, (await reader?.read())?.done, await left()]
  }),
  wire('break out of a loop', 'hang', 'cancelled', async ({ response, left }) => {
    for await (const chunk of iterate((await response()).body)) {
      if (chunk.byteLength > 0) break
    }
    return left()
  }),
  wire('an abort before sending', 'json', 'cancelled', async ({ response }) => {
    const reason = new Error('changed my mind')
    return (await caught(response({ signal: AbortSignal.abort(reason) }))) === reason
  }),
  wire('an abort before the head', 'hang-before-head', 'cancelled', async (call) => {
    const controller = new AbortController()
    const pending = caught(call.response({ signal: controller.signal }))
    await call.waiting()
    controller.abort()
    return [kindOf(await pending), await call.left()]
  }),
  wire('an abort before the first read', 'hang', 'cancelled', async ({ response, left }) => {
    const controller = new AbortController()
    const { body } = await response({ signal: controller.signal })
    controller.abort()
    return [kindOf(await caught(body?.getReader().read())), await left()]
  }),
  wire('an abort in the middle', 'hang', 'cancelled', async ({ response, left }) => {
    const controller = new AbortController()
    const reader = (await response({ signal: controller.signal })).body?.getReader()
    const first = await reader?.read()
    const second = caught(reader?.read())
    controller.abort()
    return [first?.value?.byteLength, kindOf(await second), await left()]
  }),
  wire('an abort with a reason', 'hang', 'cancelled', async ({ response }) => {
    const controller = new AbortController()
    const text = caught((await response({ signal: controller.signal })).text())
    const reason = new Error('my reason')
    controller.abort(reason)
    return (await text) === reason
  }),
  wire('an abort after the end', 'json', 'complete', async ({ response }) => {
    const controller = new AbortController()
    const read = await (await response({ signal: controller.signal })).text()
    controller.abort()
    return read
  }),
  wire('AbortSignal.timeout()', 'hang-before-head', 'cancelled', async ({ response }) =>
    kindOf(await caught(response({ signal: AbortSignal.timeout(60) }))),
  ),
]

const requests: Scenario[] = [
  ...(
    [
      ['a string', () => JSON.stringify(chat)],
      ['bytes', () => new TextEncoder().encode(JSON.stringify(chat))],
      [
        'a part of a buffer',
        () => new TextEncoder().encode(`xx${JSON.stringify(chat)}`).subarray(2),
      ],
      ['a buffer', () => new TextEncoder().encode(JSON.stringify(chat)).buffer],
      ['a Blob', () => new Blob([JSON.stringify(chat)], { type: 'application/json' })],
    ] satisfies [string, () => BodyInit][]
  ).map(([name, body]) =>
    wire(`sends ${name}`, 'echo', 'complete', async ({ response }) =>
      (await response({ body: body() })).json(),
    ),
  ),
  wire('sends a form', 'echo', 'nothing', async ({ response }) =>
    (await response({ body: new URLSearchParams({ a: 'ü' }), headers: {} })).json(),
  ),
  wire('sends form data', 'echo', 'complete', async ({ fetch, url }) => {
    const form = new FormData()
    form.set('model', 'whisper-1')
    form.set('file', new Blob(['abc'], { type: 'audio/wav' }), 'ä.wav')
    form.append('include[]', 'logprobs')
    form.append('include[]', 'languages')
    const address = url.replace('chat/completions', 'audio/transcriptions')
    return (await fetch(address, { method: 'POST', body: form })).json()
  }),
  wire('sends form data that is no call', 'echo', 'nothing', async ({ response }) => {
    const form = new FormData()
    form.set('file', new Blob(['abc']), 'a.txt')
    return (await response({ body: form, headers: {} })).json()
  }),
  wire('sends form data in a Request', 'echo', 'complete', async ({ fetch, url }) => {
    const form = new FormData()
    form.set('file', new Blob(['abc']), 'a.wav')
    const address = url.replace('chat/completions', 'audio/transcriptions')
    return (await fetch(new Request(address, { method: 'POST', body: form }))).json()
  }),
  wire('sends nothing', 'echo', 'nothing', async ({ fetch, url }) =>
    (await fetch(url, { method: 'POST' })).json(),
  ),
  wire('sends a Request', 'echo', 'complete', async ({ fetch, url }) => {
    const request = new Request(url, {
      method: 'POST',
      body: JSON.stringify(chat),
      headers: { 'x-a': 'b' },
    })
    return [await (await fetch(request)).json(), request.bodyUsed]
  }),
  wire('sends a Request with other headers beside', 'echo', 'complete', async ({ fetch, url }) => {
    const request = new Request(url, {
      method: 'POST',
      body: JSON.stringify(chat),
      headers: { 'x-a': 'b' },
    })
    return (await fetch(request, { headers: { 'x-c': 'd' } })).json()
  }),
  wire('sends a URL', 'echo', 'complete', async ({ fetch, url }) =>
    (await fetch(new URL(url), { method: 'POST', body: JSON.stringify(chat) })).json(),
  ),
  wire('sends a method in small letters', 'echo', 'complete', async ({ fetch, url }) =>
    (await fetch(url, { method: 'post', body: JSON.stringify(chat) })).json(),
  ),
  wire('leaves init as it was', 'json', 'complete', async ({ fetch, url }) => {
    const init = Object.freeze({
      method: 'POST',
      body: JSON.stringify(chat),
      headers: Object.freeze({ a: 'b' }),
    })
    await (await fetch(url, init)).text()
    return init
  }),
  wire('needs no this', 'json', 'complete', async ({ fetch, url }) => {
    const holder = { fetch }
    const alone = holder.fetch
    return (await alone.call(undefined, url, { method: 'POST', body: JSON.stringify(chat) })).json()
  }),
  wire('refuses what fetch refuses', 'json', 'nothing', async ({ fetch }) => [
    kindOf(await caught(fetch('http://user:pw@[bad/', { method: 'POST', body: '{}' }))),
    kindOf(await caught(fetch('http://x.test/', { method: 'a b', body: '{}' }))),
  ]),
]

export const wireScenarios: readonly Scenario[] = [...responses, ...cancellations, ...requests]
