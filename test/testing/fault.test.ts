import { createServer } from 'node:http'
import Anthropic from '@anthropic-ai/sdk'
import { createTracer } from 'carrot-trace'
import { cassette, fault, memory, record, replay, type Fault } from 'carrot-trace/testing'
import OpenAI from 'openai'
import { afterEach, describe, expect, inject, it, vi } from 'vitest'
import { listen } from '../../examples/model-apis/listen.ts'
import { answering, ask, CHAT, failureOf, post } from './support.ts'

afterEach(() => void vi.useRealTimers())

const EVENTS = ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n']
const GEMINI = 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3:generateContent'

/** What comes of the body, and how it ends. */
async function drain(response: Response): Promise<[text: string, end: string]> {
  let text = ''
  const decoder = new TextDecoder()
  try {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
    return [text, 'closed']
  } catch (error) {
    return [text, error instanceof Error ? `${error.name}: ${error.message}` : String(error)]
  }
}

describe('fault', () => {
  const refusals: [what: string, url: string, status: number, body: object][] = [
    [
      'OpenAI',
      CHAT,
      429,
      {
        error: {
          message: 'Rate limit reached.',
          type: 'requests',
          param: null,
          code: 'rate_limit_exceeded',
        },
      },
    ],
    [
      'Anthropic',
      'https://api.anthropic.com/v1/messages',
      529,
      {
        type: 'error',
        error: { type: 'overloaded_error', message: 'Overloaded' },
        request_id: 'req_fault',
      },
    ],
    [
      'Google',
      GEMINI,
      429,
      { error: { code: 429, message: 'Rate limit reached.', status: 'RESOURCE_EXHAUSTED' } },
    ],
    [
      'Anthropic’s API at another host',
      'http://127.0.0.1:1/v1/messages',
      500,
      {
        type: 'error',
        error: {
          type: 'api_error',
          message: 'The server had an error while processing your request.',
        },
        request_id: 'req_fault',
      },
    ],
  ]
  it.each(refusals)('refuses in the words of the provider: %s', async (_, url, status, body) => {
    const response = await fault({ status, retryAfterMs: 1_500 })(url, post({}))
    expect({ status: response.status, url: response.url, body: await response.json() }).toEqual({
      status,
      url,
      body,
    })
    expect(response.headers.get('retry-after')).toBe('2')
    expect(response.headers.get('retry-after-ms')).toBe('1500')
  })

  it('has a client try again, which the trace shows as attempts of one call', async () => {
    const recorded = memory()
    const tape = cassette()
    const fetch = fault({ status: 429, retryAfterMs: 1, times: 2 }, record(globalThis.fetch, tape))
    const tracer = createTracer({ exporters: [recorded] })
    const baseURL = `${inject('baseUrl')}/v1`
    const openai = tracer.wrap(new OpenAI({ apiKey: 'sk-test', baseURL, maxRetries: 2, fetch }))
    const request = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'A refund?' }] }
    const reply = await openai.chat.completions.create(request)
    expect(reply.choices[0]?.message.content).toContain('Refunds')
    expect(recorded.records.map(({ call }) => call?.attempts?.map(({ status }) => status))).toEqual(
      [[429, 429]],
    )
    expect(tape.recordings).toHaveLength(1)
    const again = fault({ status: 500 }, replay(tape))
    const offline = new OpenAI({ apiKey: 'sk-test', baseURL, maxRetries: 1, fetch: again })
    expect(await offline.chat.completions.create(request)).toEqual(reply)
  })

  it('is what the clients take it for', async () => {
    const options = { apiKey: 'sk-test', maxRetries: 0 }
    const openai = new OpenAI({ ...options, fetch: fault({ status: 429 }) })
    const anthropic = new Anthropic({ ...options, fetch: fault({ status: 529 }) })
    const dropping = new OpenAI({ ...options, fetch: fault({ network: 'drop' }) })
    expect(await failureOf(openai.models.list())).toBeInstanceOf(OpenAI.RateLimitError)
    expect(await failureOf(anthropic.models.list())).toMatchObject({
      status: 529,
      type: 'overloaded_error',
    })
    expect(await failureOf(dropping.models.list())).toBeInstanceOf(OpenAI.APIConnectionError)
  })

  it('loses the connection before the head as fetch does', async () => {
    const server = await listen(createServer((_, response) => void response.destroy()))
    const native = await failureOf(fetch(server.url))
    await server.close()
    const dropped = await failureOf(fault({ network: 'drop' })(CHAT))
    expect(dropped).toBeInstanceOf(TypeError)
    expect(String(dropped)).toBe(String(native))
  })

  const bodies: [what: string, fault: Fault, came: [string, string]][] = [
    ['cut after bytes', { cut: { afterBytes: 12 } }, ['data: 1\n\ndat', 'TypeError: terminated']],
    ['cut at once', { cut: { afterBytes: 0 } }, ['', 'TypeError: terminated']],
    [
      'cut after events',
      { cut: { afterEvents: 2 } },
      ['data: 1\n\ndata: 2\n\n', 'TypeError: terminated'],
    ],
    ['cut after its end', { cut: { afterEvents: 4 } }, [EVENTS.join(''), 'closed']],
    [
      'with an event that cannot be read',
      { malformed: { afterEvents: 1 } },
      ['data: 1\n\ndata: {"malformed\n\ndata: 2\n\ndata: 3\n\n', 'closed'],
    ],
    ['with a stall', { stall: { ms: 1 } }, [EVENTS.join(''), 'closed']],
    [
      'late, halting, garbled and cut',
      { firstByteMs: 1, stall: { ms: 1 }, malformed: { afterEvents: 0 }, cut: { afterEvents: 1 } },
      ['data: {"malformed\n\ndata: 1\n\n', 'TypeError: terminated'],
    ],
  ]
  const chunkings: [how: string, chunks: string[]][] = [
    ['an event a chunk', EVENTS],
    ['all in one chunk', [EVENTS.join('')]],
    ['a character a chunk', [...EVENTS.join('')]],
  ]
  describe.each(chunkings)('of a body that comes %s', (_, chunks) => {
    it.each(bodies)('has it %s', async (_, wrong, came) => {
      const fetch = fault(wrong, answering(chunks))
      const response = await fetch(CHAT)
      expect(response.headers.get('content-type')).toBe('text/event-stream')
      expect(await drain(response)).toEqual(came)
      expect(await drain(await fetch(CHAT))).toEqual([EVENTS.join(''), 'closed']) // once, unless told
    })
  })

  it('counts lines where events are lines', async () => {
    const headers = { 'content-type': 'application/x-ndjson' }
    const fetch = fault(
      { malformed: { afterEvents: 1 }, cut: { afterEvents: 2 } },
      answering(['{"a":1}\n{"a":2}\n{"a":3}\n'], { headers }),
    )
    expect(await drain(await fetch(CHAT))).toEqual([
      '{"a":1}\n{"malformed\n{"a":2}\n',
      'TypeError: terminated',
    ])
  })

  it('waits as long as it is told, before the first bytes and in the middle', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
    const slow = fault(
      { firstByteMs: 300, stall: { ms: 2_000, afterEvents: 2 } },
      answering(EVENTS),
    )
    const start = performance.now()
    const came: number[] = []
    const read = async () => {
      const response = await slow(CHAT)
      came.push(performance.now() - start)
      for await (const _ of response.body ?? []) came.push(performance.now() - start)
    }
    const reading = read()
    await vi.advanceTimersByTimeAsync(3_000)
    await reading
    expect(came).toEqual([0, 300, 300, 2_300])
  })

  it.each(['abort', 'cancel'] as const)(
    'lets go of a stall, and of what is behind it: %s',
    async (leave) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      const left: unknown[] = []
      const answer = async () =>
        new Response(
          new ReadableStream({
            pull: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
            cancel: (reason) => void left.push(reason),
          }),
        )
      const leaving = new AbortController()
      const stalling = fault({ stall: { ms: 60_000 } }, answer)
      const response = await stalling(CHAT, { signal: leaving.signal })
      const reader = response.body?.getReader()
      await reader?.read()
      const next = Promise.resolve(reader?.read()).catch((error: unknown) => error)
      await vi.advanceTimersByTimeAsync(1)
      expect(vi.getTimerCount()).toBe(1)
      if (leave === 'cancel') await reader?.cancel('gone')
      else leaving.abort('too late')
      expect(await next).toEqual(leave === 'cancel' ? { done: true, value: undefined } : 'too late')
      expect([vi.getTimerCount(), left]).toEqual([0, [leave === 'cancel' ? 'gone' : 'too late']])
    },
  )

  it('fails by a rule, and counts what it fails', async () => {
    const fetch = fault(
      { status: 500, times: 2, when: ({ url, before }) => before % 2 === 1 && url.href === CHAT },
      answering(['fine']),
    )
    const statuses: number[] = []
    for (let at = 0; at < 8; at += 1) statuses.push((await fetch(CHAT)).status)
    expect(statuses).toEqual([200, 500, 200, 500, 200, 200, 200, 200])
  })

  it('stands around other faults', async () => {
    const inner = fault({ status: 500 }, answering(['fine']))
    const fetch = fault({ network: 'drop' }, fault({ status: 429 }, inner))
    const seen: unknown[] = []
    for (let at = 0; at < 4; at += 1)
      seen.push(await fetch(CHAT, post(ask('one'))).then(({ status }) => status, String))
    expect(seen).toEqual(['TypeError: fetch failed', 429, 500, 200])
  })

  it('does not refuse who has left already', async () => {
    const fetch = fault({ status: 429 }, answering(['fine']))
    expect(await failureOf(fetch(CHAT, { signal: AbortSignal.abort() }))).toMatchObject({
      name: 'AbortError',
    })
  })

  const wrong: [what: string, fault: object, message: string][] = [
    ['nothing', {}, 'A fault says what fails'],
    ['a misspelt one', { Status: 500 }, 'Write "status"'],
    ['no error', { status: 200 }, 'a status from 400 to 599; found 200'],
    [
      'two that exclude each other',
      { status: 500, cut: { afterBytes: 1 } },
      'cannot fail by status and by cut',
    ],
    [
      'a wait for a status that is none',
      { network: 'drop', retryAfterMs: 1 },
      'goes with "status"',
    ],
    ['an endless wait', { firstByteMs: 3_600_000 }, '0 to 60000 milliseconds'],
    ['a cut of nothing known', { cut: { after: 1 } }, '"cut.after"'],
  ]
  it.each(wrong)('says what is wrong with a fault at set-up: %s', (_, options, message) => {
    expect(() => Reflect.apply(fault, undefined, [options])).toThrow(
      expect.objectContaining({
        code: 'invalid_option',
        message: expect.stringContaining(message),
      }),
    )
  })
})
