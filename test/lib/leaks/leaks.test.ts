import { describe, expect, it } from 'vitest'
import { createTracer, type Tracer } from 'carrot-trace'
import { cassette, record } from 'carrot-trace/testing'
import { pairs } from '../formats/pairs.ts'
import { wholes } from '../formats/wholes.ts'
import { planted } from './planted.ts'
import { ALL_TEXTS, leaked, SECRETS } from './secrets.ts'
import { waysOut } from './ways-out.ts'

/** Which kinds came out, by the way in which they did. */
type Leaks = Record<string, string[]>

const CHAT = 'https://api.openai.com/v1/chat/completions'
/** Of the exporters in every form, of files, of the cassette, and of what `onError` is told. */
const COUNT = 17

/** What comes out of a program that does this, in every way; and its cassette. */
async function leaksOf(
  reply: () => Promise<Response>,
  run: (tracer: Tracer) => Promise<unknown>,
): Promise<Leaks> {
  const { exporters, said } = waysOut()
  const tape = cassette()
  let told = ''
  const tracer = createTracer({
    exporters,
    fetch: record(reply, tape),
    onError: (error) => (told += String(error)),
  })
  await run(tracer)
  await tracer.flush()
  const out = { ...said(), cassette: String(tape), onError: told || 'nothing' }
  const silent = Object.entries(out).flatMap(([way, text]) => (text === '' ? [way] : []))
  expect([Object.keys(out).length, silent]).toEqual([COUNT, []])
  return Object.fromEntries(
    Object.entries(out).flatMap(([way, text]) => {
      const kinds = leaked(text)
      return kinds.length > 0 ? [[way, kinds]] : []
    }),
  )
}

function answering(body: unknown, status = 200, headers: Record<string, string> = {}) {
  return async () => Response.json(body, { status, headers })
}

const post = (body: object | string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

const calls = [
  ...new Map([...pairs, ...wholes].map((each) => [`${each.url} ${each.name}`, each])).values(),
]

describe.each(calls)('$name at $url', ({ url, request, whole }) => {
  it('lets no secret out, of what it is asked, answers or refuses', async () => {
    const asked = post(planted(request, ALL_TEXTS))
    const read = async (reply: () => Promise<Response>) =>
      leaksOf(reply, async ({ fetch }) => (await fetch(url, asked)).text())
    expect(await read(answering(planted(whole, ALL_TEXTS)))).toEqual({})
    const error = { type: ALL_TEXTS, code: ALL_TEXTS, message: ALL_TEXTS }
    expect(await read(answering({ error }, 401))).toEqual({})
  })
})

const ask = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] }
const reply = {
  id: 'c1',
  model: 'gpt-4o',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
}
const fine = answering(reply)
const client: typeof fetch = fine
type Run = (tracer: Tracer, text: string) => Promise<unknown>

/** Beside what a format reads: whatever an application, a runtime or another program may put into a trace. */
const PLACES: [place: string, run: Run, reply?: (text: string) => () => Promise<Response>][] = [
  ['the name of a span', async (tracer, text) => tracer.span(text, () => 1)],
  ['a name given later', async (tracer, text) => tracer.span('a', (s) => s.set({ name: text }))],
  ['input', async (tracer, text) => tracer.span('a', { input: { deep: [{ text }] } }, () => 1)],
  ['output', async (tracer, text) => tracer.span('a', () => new Map([['text', [text]]]))],
  ['a tag', async (tracer, text) => tracer.span('a', { tags: [text] }, () => 1)],
  ['a tag given later', async (tracer, text) => tracer.span('a', (s) => s.set({ tags: [text] }))],
  [
    'metadata of a span',
    async (tracer, text) => tracer.span('a', { metadata: { note: { deep: [text] } } }, () => 1),
  ],
  [
    'metadata of a client',
    async ({ wrap }, text) =>
      (await wrap(client, { metadata: { note: text }, tags: [text] })(CHAT, post(ask))).text(),
  ],
  [
    'attributes',
    async ({ withAttributes }, text) =>
      withAttributes({ metadata: { note: text }, tags: [text], userId: text }, (s) =>
        s.span('a', () => 1),
      ),
  ],
  [
    'the id of a user, of a session',
    async (tracer, text) => tracer.span('a', { userId: text, sessionId: text }, () => 1),
  ],
  [
    'baggage and trace state',
    async (tracer, text) => {
      const traceparent = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`
      const baggage = `user.id=${encodeURIComponent(text)},other=${encodeURIComponent(text)}`
      const parent = { traceparent, tracestate: `a=${encodeURIComponent(text)}`, baggage }
      return tracer.span('a', { parent }, async (s) => (await s.fetch(CHAT, post(ask))).text())
    },
  ],
  [
    'an error that is thrown, and its causes',
    async (tracer, text) => {
      const error = new TypeError(text, { cause: new Error('why', { cause: text }) })
      error.name = text
      return Promise.resolve(tracer.span('a', () => Promise.reject(error))).catch(() => {})
    },
  ],
  [
    'an error of the network',
    async ({ fetch }) => fetch(CHAT, post(ask)).catch(() => {}),
    (text) => () => Promise.reject(new TypeError(text, { cause: new Error(text) })),
  ],
  [
    'the address',
    async ({ fetch }, text) => {
      const name = encodeURIComponent(text)
      const url = `https://me:${name}@api.openai.com/v1/chat/completions?key=${name}&${name}=1#${name}`
      return fetch(url, post(ask)).then((response) => response.text())
    },
  ],
  [
    'headers of a request',
    async ({ fetch }, text) => {
      const names = ['authorization', 'cookie', 'api-key', 'x-goog-api-key', 'x-amz-security-token']
      const value = text.replaceAll('\n', ' ')
      const headers = Object.fromEntries([...names, 'x-any'].map((name) => [name, value]))
      return (await fetch(CHAT, post(ask, headers))).text()
    },
  ],
  [
    'headers of an answer',
    async ({ fetch }) => (await fetch(CHAT, post(ask))).text(),
    (text) => {
      const value = text.replaceAll('\n', ' ')
      const names = [
        'x-request-id',
        'set-cookie',
        'cf-aig-log-id',
        'x-ratelimit-reset-tokens',
        'x-any',
      ]
      return answering(reply, 200, Object.fromEntries(names.map((name) => [name, value])))
    },
  ],
  [
    'a body that is no JSON',
    async ({ fetch }, text) => (await fetch(CHAT, post(`{"model": ${text}`))).text(),
  ],
  [
    'an answer that is no JSON',
    async ({ fetch }) => (await fetch(CHAT, post(ask))).text(),
    (text) => async () => new Response(text, { headers: { 'content-type': 'application/json' } }),
  ],
  [
    'JSON within JSON within JSON',
    async ({ fetch }, text) => {
      const content = JSON.stringify({ a: JSON.stringify({ b: text }) })
      return (await fetch(CHAT, post({ ...ask, messages: [{ role: 'user', content }] }))).text()
    },
  ],
  [
    'what a service, a stage, a release are called',
    async (_tracer, text) => {
      const { exporters, said } = waysOut()
      const named = { service: text, environment: text, release: text }
      const own = createTracer({ exporters, ...named, tags: [text], metadata: { note: text } })
      own.span('a', () => 1)
      await own.flush()
      expect(leaked(Object.values(said()).join('\n'))).toEqual([])
    },
  ],
]

describe.each(PLACES)('a secret as %s', (_place, run, answer) => {
  it.each(SECRETS)('comes out nowhere: $kind', async ({ text }) => {
    const leaks = await leaksOf(answer?.(text) ?? fine, async (tracer) => {
      await run(tracer, text)
      const again = await tracer.fetch(CHAT, post(ask)).catch(() => undefined)
      await again?.text()
    })
    expect(leaks).toEqual({})
  })
})

describe('a secret in a stream', () => {
  it.each(SECRETS)('comes out nowhere, wherever its pieces are cut: $kind', async ({ text }) => {
    for (let at = 1; at < text.length; at += 5) {
      const events = [text.slice(0, at), text.slice(at)].map((content) => {
        const choices = [{ index: 0, delta: { content }, finish_reason: null }]
        return `data: ${JSON.stringify({ ...reply, choices })}\n\n`
      })
      const body = `${events.join('')}data: [DONE]\n\n`
      const headers = { 'content-type': 'text/event-stream' }
      const stream = async () => new Response(body, { headers })
      const leaks = await leaksOf(stream, async ({ fetch }) =>
        (await fetch(CHAT, post({ ...ask, stream: true }))).text(),
      )
      // A cassette has the events as they came: what a model spells out over several stands in them.
      const { cassette: _asItCame, ...others } = leaks
      expect(others).toEqual({})
    }
  })
})
