import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import * as entry from 'carrot-trace/formats'
import type { Json, SpanRecord } from '../../../src/index.ts'
import { replay } from '../../support/replay.ts'
import { pairs, type Pair } from './pairs.ts'
import { bytesOf, typeOf } from './streams.ts'
import { wholes } from './wholes.ts'

const json = (value: object): Json => JSON.parse(JSON.stringify(value))
const encode = (text: string) => new TextEncoder().encode(text)

/** The ends of lines that its framing has to take. */
function newlinesOf({ lines, amazon }: Pair): readonly string[] {
  if (amazon) return ['']
  return lines ? ['\n', '\r\n'] : ['\n', '\r\n', '\r']
}

function said({ output, status, call }: SpanRecord) {
  return {
    status,
    output,
    ended: call?.ended,
    response: call?.response,
    usage: call?.usage,
  }
}

/** Of what was said the names of tools alone. */
function besidesText({ status, call }: SpanRecord) {
  const { choices = [], ...response } = call?.response ?? {}
  return {
    status,
    ended: call?.ended,
    events: call?.stream?.events,
    response,
    usage: call?.usage,
    choices: choices.map(({ message, ...choice }) => ({
      ...choice,
      tools: message.parts.flatMap((part) => (part.type === 'tool_call' ? [part.name] : [])),
    })),
  }
}

describe.each(pairs)('$name', (pair) => {
  const { url, request, streamUrl = url } = pair
  const type = typeOf(pair)
  const whole = () =>
    replay({ url, request, reply: encode(JSON.stringify(pair.whole)), type: 'application/json' })

  it('is read right when it comes whole', async () => {
    const { record } = await whole()
    expect(record).toMatchObject({
      status: 'success',
      output: pair.output,
      call: { ended: 'complete', usage: pair.usage },
    })
    expect(record.call?.response.choices.map((choice) => choice.finishReason)).toEqual(pair.finish)
  })

  it('leaves no ciphertext, signature or picture in the record', async () => {
    const reply = bytesOf(pair)
    const streamed = await replay({ url: streamUrl, request, reply, type })
    for (const { record } of [await whole(), streamed]) {
      expect(JSON.stringify(record)).not.toMatch(/gAAAA|c2ln|iVBORw|A{20}|B{20}/)
    }
  })

  it.each([0, 1, 5])('tells all but the text when %i bytes of that are kept', async (maxBytes) => {
    const reply = bytesOf(pair)
    const { record } = await replay({ url: streamUrl, request, reply, type })
    const cut = await replay({ url: streamUrl, request, reply, type, maxBytes })
    expect(besidesText(cut.record)).toEqual(besidesText(record))
  })

  it.each([1, 2, 3, 7, 64, 100_000])(
    'is read the same when it is streamed in chunks of %i bytes',
    async (chunk) => {
      const { record: expected } = await whole()
      for (const newline of newlinesOf(pair)) {
        const reply = bytesOf(pair, newline)
        const { record, seen } = await replay({ url: streamUrl, request, reply, chunk, type })
        expect(record.call?.stream).toMatchObject({ events: pair.events.length, undecodable: 0 })
        expect({ ...said(record), usage: { ...record.call?.usage, raw: undefined } }).toEqual({
          ...said(expected),
          usage: { ...expected.call?.usage, raw: undefined },
        })
        expect(seen).toEqual(reply)
      }
    },
  )

  it('is called truncated when its stream stops before the end, with what had come', async () => {
    const cut = bytesOf({
      ...pair,
      events: pair.events.slice(0, -(pair.ending ?? 3)),
      done: '',
    })
    const { record } = await replay({ url: streamUrl, request, reply: cut, type })
    expect(record).toMatchObject({
      status: 'error',
      error: { type: 'truncated' },
      call: { ended: 'truncated' },
    })
    // A picture alone comes in the last event, or not at all.
    const isPicture = /^(?!.*"content":").*"blocks":\[\{"type":"image"/.test(
      JSON.stringify(pair.output),
    )
    expect(record.output === undefined).toBe(isPicture)
  })
})

describe('a reply that goes wrong', () => {
  const url = 'https://api.openai.com/v1/chat/completions'
  const request = { model: 'gpt-4o', stream: true, messages: [] }

  it('is an error when an event says so inside of a stream that began well', async () => {
    const reply = encode(
      'data: {"choices":[{"delta":{"content":"He"}}]}\n\ndata: {"error":{"message":"Overloaded","type":"server_error","code":null}}\n\ndata: [DONE]\n\n',
    )
    const { record } = await replay({ url, request, reply, type: 'text/event-stream' })
    expect(record).toMatchObject({
      status: 'error',
      output: { content: 'He' },
      error: { type: 'server_error', message: 'Overloaded', phase: 'stream' },
      call: { ended: 'error' },
    })
  })

  it('names the error, its status and when to come back', async () => {
    const reply = encode(
      '{"type":"error","error":{"type":"rate_limit_error","message":"Slow down"}}',
    )
    const headers = { 'retry-after': '7', 'request-id': 'req_9' }
    const { record } = await replay({
      url,
      request,
      reply,
      type: 'application/json',
      status: 429,
      headers,
    })
    expect(record).toMatchObject({
      status: 'error',
      error: { type: 'rate_limit_error', message: 'Slow down', status: 429, phase: 'http' },
      call: { ended: 'error', http: { status: 429, requestId: 'req_9', retryAfterMs: 7_000 } },
    })
  })

  it('is an error by its status where the body tells nothing', async () => {
    const { record } = await replay({
      url,
      request,
      reply: encode('<html>'),
      type: 'text/html',
      status: 502,
    })
    expect(record).toMatchObject({
      status: 'error',
      error: { type: '502', status: 502, phase: 'http' },
    })
  })

  it('counts what it could not decode and reads the rest', async () => {
    const reply = encode(
      'data: {nonsense\n\n: comment\n\ndata: {"choices":[{"delta":{"content":"A"},"finish_reason":"stop"}]}\n\n',
    )
    const { record } = await replay({ url, request, reply, type: 'text/event-stream' })
    expect(record).toMatchObject({
      status: 'success',
      output: { content: 'A' },
      call: { stream: { undecodable: 1 } },
    })
  })

  it('says so when a reply is no JSON', async () => {
    const { record } = await replay({
      url,
      request,
      reply: encode('<html>'),
      type: 'application/json',
    })
    expect(record).toMatchObject({
      status: 'error',
      error: { type: 'undecodable', phase: 'decode' },
      call: { ended: 'error', usage: { source: 'absent' } },
    })
  })

  it('is not held where it is larger than a mebibyte and capture.maxBytes, and says so', async () => {
    const content = 'word '.repeat(209_716)
    const reply = encode(JSON.stringify({ choices: [{ message: { content } }] }))
    const { record, seen } = await replay({
      url,
      request,
      reply,
      type: 'application/json',
      maxBytes: 1_000,
    })
    expect(record).toMatchObject({
      status: 'success',
      call: { ended: 'complete', capture: { truncated: true } },
    })
    expect(seen).toHaveLength(reply.length)
  })

  it('does not repeat a key that the provider repeats', async () => {
    const reply = encode(
      '{"error":{"message":"Incorrect API key provided: sk-proj-abcdefghijklmnop.","type":"x"}}',
    )
    const { record } = await replay({ url, request, reply, type: 'application/json', status: 401 })
    expect(record.error?.message).toBe('Incorrect API key provided: [redacted].')
  })

  it('is cut at capture.maxBytes, while counts and finish reason are still read', async () => {
    const events = [
      ...Array.from({ length: 50 }, () => ({ choices: [{ delta: { content: 'x'.repeat(100) } }] })),
      {
        choices: [{ delta: {}, finish_reason: 'stop' }],
        usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
      },
    ]
    const reply = encode(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''))
    const { record, seen } = await replay({
      url,
      request,
      reply,
      type: 'text/event-stream',
      maxBytes: 1_000,
    })
    expect(record).toMatchObject({
      output: { content: `${'x'.repeat(1_000)}…` },
      call: { ended: 'complete', capture: { truncated: true }, usage: { input: 1, output: 2 } },
    })
    expect(seen).toHaveLength(reply.length)
  })
})

describe('a request', () => {
  it('is read with its parameters', async () => {
    const { record } = await replay({
      url: 'https://api.openai.com/v1/chat/completions',
      request: {
        model: 'o4',
        messages: [],
        max_completion_tokens: 9,
        temperature: 0,
        stop: 'END',
        n: 1,
        reasoning_effort: 'low',
        response_format: { type: 'json_schema' },
        top_p: 'high',
      },
      reply: encode('{}'),
      type: 'application/json',
    })
    expect(record.call?.request).toEqual({
      model: 'o4',
      stream: false,
      params: {
        maxTokens: 9,
        temperature: 0,
        stop: ['END'],
        choiceCount: 1,
        reasoningLevel: 'low',
        outputType: 'json',
      },
    })
  })
})

const FORMATS = Object.values(entry).filter((value) => typeof value === 'object')

/** Each value with one of its parts, at any depth, replaced by something strange. */
function* mutations(value: Json): Generator<Json> {
  yield* [null, 7, 'x', [], {}, [[null]], { type: [] }, { toString: 7 }]
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) {
    for (const strange of mutations(member ?? null)) {
      if (Array.isArray(value)) yield value.with(Number(key), strange)
      else yield { ...value, [key]: strange }
    }
  }
}

describe.each(FORMATS)('$name', (format) => {
  const draft = () =>
    ({
      http: { url: '' },
      request: { stream: false, params: {} },
      response: { choices: [] },
      capture: { truncated: false },
      usage: {},
    }) as never

  it('survives requests and replies with anything at any place in them', () => {
    const replies = [...pairs, ...wholes.map((reply) => ({ ...reply, events: [] }))]
    const known = replies.filter(({ url }) => format.matches(new URL(url)))
    for (const { request, whole, events } of known) {
      for (const body of mutations(json(request))) {
        if (format.accepts(body)) format.request(draft(), body, () => undefined)
      }
      for (const payload of [whole, ...events].flatMap((one) => [...mutations(json(one))])) {
        format.reply(draft(), payload)
      }
    }
  })

  it('survives any JSON as request and as reply', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (body, payload) => {
        const call = draft()
        format.accepts(body)
        format.request(call, body, () => undefined)
        format.reply(call, payload)
      }),
    )
  })
})
