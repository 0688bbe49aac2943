import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { cassette, fault, record, replay } from 'carrot-trace/testing'
import fc from 'fast-check'
import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { answering, ask, CHAT, post } from './support.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carrot-trace-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => void vi.useRealTimers())

const WAYS = [
  'json',
  'chunked',
  'gzip',
  'empty',
  'none',
  'redirect',
  'not-found',
  'html',
  'no-json',
  'stream',
  'split-stream',
  'bad-stream',
  'short',
  'cut-json',
  'die',
]

/** All that an application sees of an exchange. */
async function seen(fetch: typeof globalThis.fetch | ReturnType<typeof record>, url: string) {
  try {
    const response = await fetch(url, post(ask('A refund?')))
    const { status, statusText, ok, type, redirected } = response
    const head = {
      status,
      statusText,
      ok,
      type,
      redirected,
      media: response.headers.get('content-type'),
    }
    const body = await response.text().catch(wordsOf)
    return { ...head, url: response.url, body }
  } catch (error) {
    return wordsOf(error)
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error
    ? `${error.name}: ${error.message} (${error.cause instanceof Error ? error.cause.message : ''})`
    : String(error)
}

describe('record', () => {
  it.each(WAYS)('shows what fetch shows, and replay shows it again: %s', async (way) => {
    const url = `${inject('wireUrl')}/${way}/v1/chat/completions`
    const native = await seen(globalThis.fetch, url)
    const tape = cassette()
    expect(await seen(record(globalThis.fetch, tape), url)).toEqual(native)
    const again = await seen(replay(tape), url)
    const forgotten = way === 'redirect' ? { redirected: false, url } : {}
    expect(again).toEqual(typeof native === 'string' ? native : { ...native, ...forgotten })
  })

  it('keeps no secret: of headers, of the address, of what is said and what is answered', async () => {
    const tape = cassette()
    const chunks = [
      'data: {"echo":"sk-abcdefgh',
      'ijklmnopqrstuvwx"}\n\n',
      'data: sk-abcdefghijklmnopqrstuvwx',
      'yz\n\n',
      'data: Bearer abcdefghijkl\n\n',
    ]
    const headers = {
      'content-type': 'text/event-stream',
      'set-cookie': 'id=secret',
      'x-request-id': 'req_1',
    }
    const fetch = record(answering(chunks, { headers }), tape)
    const body = {
      ...ask('My key is sk-abcdefghijklmnopqrstuvwx'),
      tools: [
        { type: 'mcp', authorization: 'hidden-as-well', headers: { 'x-token': 'hidden-too' } },
      ],
    }
    const sent = await fetch(
      'https://user:pass@example.com/v1/chat/completions?key=hidden&alt=sse',
      post(body),
    )
    expect(await sent.text()).toBe(chunks.join(''))
    expect(String(tape)).not.toMatch(/abcdefgh|secret|hidden|user:|pass|yz/)
    expect(tape.recordings).toEqual([
      {
        request: {
          method: 'POST',
          url: 'https://example.com/v1/chat/completions?key=[redacted]&alt=sse',
          headers: { 'content-type': 'application/json' },
          body: {
            json: {
              ...ask('My key is [redacted]'),
              tools: [
                { type: 'mcp', authorization: '[redacted]', headers: { 'x-token': '[redacted]' } },
              ],
            },
          },
        },
        response: {
          ms: expect.any(Number),
          status: 200,
          headers: { 'content-type': 'text/event-stream', 'x-request-id': 'req_1' },
          chunks: [
            [
              expect.any(Number),
              'data: {"echo":"[redacted]"}\n\ndata: [redacted]\n\ndata: [redacted]\n\n',
            ],
          ],
        },
        ended: 'complete',
      },
    ])
  })

  it('keeps what is no text by its bytes, and text that is cut within a character', async () => {
    const you = new TextEncoder().encode('你好')
    const tape = cassette()
    const binary = answering([new Uint8Array([0, 255, 254]), new Uint8Array([128])])
    const text = answering([you.slice(0, 2), you.slice(2)])
    for (const answer of [binary, text]) await (await record(answer, tape)(CHAT)).bytes()
    const chunks = tape.recordings.map(({ response }) => response?.chunks)
    expect(chunks.map((each) => each?.map(([, ...chunk]) => chunk))).toEqual([
      [
        ['AP/+', 'base64'],
        ['gA==', 'base64'],
      ],
      [['你好']],
    ])
    const fetch = replay(tape)
    expect([...(await (await fetch(CHAT)).bytes())]).toEqual([0, 255, 254, 128])
    expect(await (await fetch(CHAT)).text()).toBe('你好')
  })

  it('writes a file to be read by people: one chunk a line, with its time', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const file = join(folder, 'made', 'on the way', 'refund.json')
    const fetch = record(answering(['data: 1\n\n', 'data: 2\n\n']), pathToFileURL(file))
    await (await fetch(CHAT, post(ask('A refund?')))).text()
    expect(readFileSync(file, 'utf8')).toBe(`{
  "format": "carrot-trace/cassette",
  "version": 1,
  "recordings": [
    {
      "request": {
        "method": "POST",
        "url": "https://api.openai.com/v1/chat/completions",
        "headers": {
          "content-type": "application/json"
        },
        "body": {
          "json": {
            "model": "gpt-4o",
            "messages": [
              {
                "role": "user",
                "content": "A refund?"
              }
            ]
          }
        }
      },
      "response": {
        "ms": 0,
        "status": 200,
        "headers": {
          "content-type": "text/event-stream"
        },
        "chunks": [
          [0, "data: 1\\n\\n"],
          [0, "data: 2\\n\\n"]
        ]
      },
      "ended": "complete"
    }
  ]
}
`)
  })

  it('replays any bytes, in any chunks', async () => {
    const chunk = fc.uint8Array({ maxLength: 20 }).map((bytes) => new Uint8Array(bytes))
    const text = fc
      .string({ unit: 'binary', maxLength: 20 })
      .map((each) => new TextEncoder().encode(each))
    const cut = (bytes: Uint8Array<ArrayBuffer>, at: number) => [
      bytes.slice(0, at),
      bytes.slice(at),
    ]
    const halves = fc.tuple(text, fc.nat(20)).map(([bytes, at]) => cut(bytes, at))
    const chunks = fc.oneof(fc.array(chunk, { maxLength: 5 }), halves)
    await fc.assert(
      fc.asyncProperty(chunks, async (chunks) => {
        const tape = cassette()
        const native = await (await record(answering(chunks), tape)(CHAT)).bytes()
        const file = String(cassette.from(String(tape)))
        expect(file).toBe(String(tape))
        const replayed = await (await replay(cassette.from(file))(CHAT)).bytes()
        expect([...replayed]).toEqual([...native])
      }),
    )
  })

  it('puts exchanges in the order of their requests, whichever ends first', async () => {
    const tape = cassette()
    const fetch = record(answering(['done']), tape)
    const [first, second] = await Promise.all([
      fetch(CHAT, post(ask('one'))),
      fetch(CHAT, post(ask('two'))),
    ])
    await second?.text()
    await first?.text()
    expect(tape.recordings.map(({ request }) => request.body)).toEqual([
      { json: ask('one') },
      { json: ask('two') },
    ])
  })

  it('says how an exchange was left', async () => {
    const tape = cassette()
    const fetch = record(answering(['one', 'two', 'three']), tape)
    const reader = (await fetch(CHAT, post(ask('one')))).body?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect(tape.recordings).toMatchObject([
      { ended: 'cancelled', response: { chunks: [[expect.any(Number), 'one']] } },
    ])
  })

  it('keeps the answers of attempts, which clients drop unread', async () => {
    const tape = cassette()
    const options = { apiKey: 'sk-test', baseURL: `${inject('baseUrl')}/v1`, maxRetries: 1 }
    const ask = (fetch: ReturnType<typeof record>) =>
      new OpenAI({ ...options, fetch }).chat.completions.create({
        model: 'gpt-4o',
        messages: [{ role: 'user', content: 'A refund?' }],
      })
    const reply = await ask(record(fault({ status: 429, retryAfterMs: 1 }), tape))
    expect(tape.recordings.map(({ response }) => response?.status)).toEqual([429, 200])
    expect(await ask(replay(tape))).toEqual(reply)
  })

  it('sees the body of a Request, and does not take it away', async () => {
    const tape = cassette()
    const echo = async (input: RequestInfo | URL) =>
      new Response(input instanceof Request ? await input.text() : '')
    const response = await record(echo, tape)(new Request(CHAT, post(ask('one'))))
    expect(await response.json()).toEqual(ask('one'))
    await vi.waitFor(() =>
      expect(tape.recordings).toMatchObject([{ request: { body: { json: ask('one') } } }]),
    )
  })

  it('tells of what it cannot keep, and the application has its answer all the same', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    const told: string[] = []
    const fetch = record(answering(['done']), join(file, 'refund.json'), {
      onError: ({ code, message }) => told.push(`${code}: ${message}`),
    })
    expect(await (await fetch(CHAT, post(ask('one')))).text()).toBe('done')
    await vi.waitFor(() =>
      expect(told).toEqual([
        expect.stringMatching(
          /^capture_failed: An exchange is not on the cassette: .*(ENOTDIR|EEXIST)/,
        ),
      ]),
    )
  })

  it('keeps nothing of an answer that is too long, and says so', async () => {
    const told: string[] = []
    const tape = cassette()
    const long = new Uint8Array(9_000_000)
    const answer = answering([long.slice(), long.slice()])
    const fetch = record(answer, tape, { onError: ({ message }) => told.push(message) })
    expect((await (await fetch(CHAT)).bytes()).length).toBe(18_000_000)
    expect(told).toEqual([
      'An exchange is not on the cassette: its answer has more than 16777216 bytes.',
    ])
    expect(tape.recordings).toEqual([])
  })
})
