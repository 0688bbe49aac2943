import { createTracer, memory } from 'carrot-trace'
import { describe, expect, it, vi } from 'vitest'
import { replay } from '../../support/replay.ts'
import { events, itemEvents, whole as response } from './responses.ts'
import { wholes } from './wholes.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const streamOf = (events: readonly object[]) =>
  encode(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''))
const RESPONSES = {
  url: 'https://api.openai.com/v1/responses',
  request: { model: 'gpt-5.4', input: 'Hi', stream: true },
}

describe.each(wholes)('$name', ({ url, request, whole, record: expected }) => {
  it.each([0, 2])(
    'is recorded, printed with an indent of %i, in chunks of any size',
    async (indent) => {
      for (const chunk of [1, 7, 4096, 1_000_000]) {
        const reply = encode(JSON.stringify(whole, null, indent))
        const recorded = { url, request, reply, chunk, type: 'application/json' }
        const { record, seen } = await replay(recorded)
        expect(record).toMatchObject({ status: 'success', input: request, ...expected })
        expect(record.call?.ended).toBe('complete')
        expect(seen).toEqual(reply)
        expect(JSON.stringify(record.call).length).toBeLessThan(2_000)
      }
    },
  )
})

describe('openai.responses', () => {
  it('takes the whole text for the pieces where the two differ, whatever came between', async () => {
    const at = { output_index: 0, content_index: 0, item_id: 'msg_1' }
    const tool = { output_index: 1, item_id: 'fc_1' }
    const called = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f' }
    const { record } = await replay({
      ...RESPONSES,
      type: 'text/event-stream',
      reply: streamOf([
        { type: 'response.output_item.added', output_index: 1, item: { ...called, arguments: '' } },
        { type: 'response.output_text.delta', ...at, delta: 'Hel' },
        { type: 'response.function_call_arguments.delta', ...tool, delta: '{"a":' },
        { type: 'response.output_text.done', ...at, text: 'Hello' },
        { type: 'response.output_text.done', ...at, text: 'Hello' },
        { type: 'response.function_call_arguments.done', ...tool, arguments: '{"a":1}' },
        ...itemEvents({ ...called, arguments: '{"a":2}' }, 1).slice(-1),
        { type: 'response.completed', response: response({ status: 'completed', output: [] }) },
      ]),
    })
    expect(record.output).toEqual({
      role: 'assistant',
      content: 'Hello',
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"a":2}' } },
      ],
    })
  })

  it.each([
    ['as an event', { type: 'error', code: 'rate_limit_exceeded', message: 'Slow.', param: null }],
    [
      'as its end',
      {
        type: 'response.failed',
        response: response({
          status: 'failed',
          output: [],
          error: { code: 'rate_limit_exceeded', message: 'Slow.' },
        }),
      },
    ],
  ])('is an error when it fails mid-stream, told %s, with what had come', async (_how, event) => {
    const message = { type: 'message', id: 'm', content: [{ type: 'output_text', text: 'Hello' }] }
    const begun = events({ status: 'completed', output: [message] }).slice(0, -3)
    const { record } = await replay({
      ...RESPONSES,
      type: 'text/event-stream',
      reply: streamOf([...begun, event]),
    })
    expect(record).toMatchObject({
      status: 'error',
      output: { content: 'Hello' },
      error: { type: 'rate_limit_exceeded', message: 'Slow.', phase: 'stream' },
      call: { ended: 'error', response: { id: 'resp_67ccd2bed1ec8190' } },
    })
  })

  it.each([
    ['failed', { code: 'server_error', message: 'Sorry.' }, 'server_error'],
    ['cancelled', null, 'cancelled'],
  ])('is an error when a whole one has %s', async (status, error, type) => {
    const usage = { input_tokens: 3, output_tokens: 0, total_tokens: 3 }
    const body = response({ status, output: [], error, usage })
    const { record } = await replay({
      ...RESPONSES,
      type: 'application/json',
      reply: encode(JSON.stringify(body)),
    })
    expect(record).toMatchObject({
      status: 'error',
      error: { type },
      call: {
        ended: 'error',
        response: {
          model: 'gpt-5.4-2026-03-05',
          choices: [{ finishReason: 'error', finishReasonRaw: status }],
        },
        usage: { input: 3, output: 0 },
      },
    })
  })

  it('counts a text once against capture.maxBytes, however often it is said', async () => {
    const text = 'word '.repeat(600)
    const search = { type: 'web_search_call', id: 'ws', action: { query: 'q'.repeat(200) } }
    const message = { type: 'message', id: 'm', content: [{ type: 'output_text', text }] }
    const { record } = await replay({
      ...RESPONSES,
      type: 'text/event-stream',
      reply: streamOf(events({ status: 'completed', output: [search, message] })),
      maxBytes: 4_000,
    })
    expect(record).toMatchObject({
      output: { content: text },
      call: { capture: { truncated: false } },
    })
  })

  it('has no first text as long as only tools of the server are at work', async () => {
    const search = { type: 'web_search_call', id: 'ws_1', action: { query: 'x' } }
    const reply = streamOf(events({ status: 'completed', output: [search] }))
    const { record } = await replay({ ...RESPONSES, reply, type: 'text/event-stream' })
    expect(record.output).toMatchObject({ blocks: [search] })
    expect(record.call?.time).not.toHaveProperty('firstTextMs')
    expect(record.call?.time).toHaveProperty('firstChunkMs')
  })

  it('keeps counts and finish reason of a reply that is cut at capture.maxBytes', async () => {
    const text = 'word '.repeat(1_000)
    const message = { type: 'message', id: 'm', content: [{ type: 'output_text', text }] }
    const usage = { input_tokens: 3, output_tokens: 1000, total_tokens: 1003 }
    const reply = streamOf(events({ status: 'completed', output: [message], usage }))
    const { record } = await replay({
      ...RESPONSES,
      type: 'text/event-stream',
      reply,
      maxBytes: 4_000,
      chunk: 512,
    })
    expect(record).toMatchObject({
      output: { content: `${text.slice(0, 4_000)}…` },
      call: { ended: 'complete', usage: { output: 1000 }, capture: { truncated: true } },
    })
  })
})

const picture = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64')

describe('a reply with more than capture.maxBytes of pictures or vectors', () => {
  const usage = { input_tokens: 9, output_tokens: 4000, total_tokens: 4009 }
  const images = {
    url: 'https://api.openai.com/v1/images/generations',
    request: { model: 'gpt-image-2', prompt: 'An otter', stream: true },
  }

  it('is read to its end: a stream of images', async () => {
    const [partial, final] = [picture(2_000_000), picture(2_000_003)]
    const reply = streamOf([
      { type: 'image_generation.partial_image', partial_image_index: 0, b64_json: partial },
      { type: 'image_generation.completed', output_format: 'png', b64_json: final, usage },
    ])
    const recorded = { ...images, reply, chunk: 16_384, type: 'text/event-stream' }
    const { record, seen } = await replay(recorded)
    expect(record).toMatchObject({
      output: { blocks: [{ type: 'image', format: 'png', bytes: 2_000_003 }] },
      call: {
        ended: 'complete',
        stream: { events: 2, undecodable: 0 },
        response: { outputCount: 1 },
        usage: { input: 9, output: 4000 },
        capture: { truncated: false },
      },
    })
    expect(seen).toHaveLength(reply.length)
  })

  it('is read to its end: four images at once', async () => {
    const data = [1, 2, 3, 4].map((more) => ({ b64_json: picture(1_500_000 + more) }))
    const reply = encode(JSON.stringify({ data, usage }))
    const recorded = { ...images, reply, chunk: 65_536, type: 'application/json' }
    const { record } = await replay(recorded)
    expect(record).toMatchObject({
      output: { blocks: [1, 2, 3, 4].map((more) => ({ bytes: 1_500_000 + more })) },
      call: { usage: { input: 9, output: 4000 }, capture: { truncated: false } },
    })
  })

  it.each([0, 2])(
    'is read to its end: a thousand vectors, with an indent of %i',
    async (indent) => {
      const embedding = Array.from({ length: 256 }, (_, index) => index / 1_000 - 1e-7)
      const data = Array.from({ length: 1_000 }, (_, index) => ({ index, embedding }))
      const body = { data, usage: { prompt_tokens: 5_000, total_tokens: 5_000 } }
      const { record } = await replay({
        url: 'https://api.openai.com/v1/embeddings',
        request: { model: 'm', input: ['x'] },
        reply: encode(JSON.stringify(body, null, indent)),
        chunk: 16_384,
        type: 'application/json',
      })
      expect(record.call).toMatchObject({
        response: { outputCount: 1_000, dimensions: 256 },
        usage: { input: 5_000 },
        capture: { truncated: false },
      })
    },
  )

  it('is read to its end: a picture that a tool of the server draws', async () => {
    const image = { type: 'image_generation_call', id: 'ig', result: picture(3_000_000) }
    const output = [image, { type: 'message', id: 'm', content: [] }]
    const { record } = await replay({
      ...RESPONSES,
      reply: streamOf(events({ status: 'completed', output, usage })),
      chunk: 16_384,
      type: 'text/event-stream',
    })
    expect(record).toMatchObject({
      output: { blocks: [{ type: 'image_generation_call', result: '…4000000…' }] },
      call: { ended: 'complete', usage: { input: 9, output: 4000 }, capture: { truncated: false } },
    })
  })
})

describe('openai.speech', () => {
  const speech = {
    url: 'https://api.openai.com/v1/audio/speech',
    request: { model: 'gpt-4o-mini-tts', input: 'Hello', voice: 'coral', response_format: 'mp3' },
  }

  it('records of sound its type and size', async () => {
    const reply = crypto.getRandomValues(new Uint8Array(50_000))
    const recorded = { ...speech, reply, type: 'audio/mpeg', chunk: 999 }
    const { record, seen } = await replay({ ...recorded, maxBytes: 1_000 })
    expect(record).toMatchObject({
      name: 'speech gpt-4o-mini-tts',
      status: 'success',
      output: { blocks: [{ type: 'audio', format: 'audio/mpeg', bytes: 50_000 }] },
      call: {
        ended: 'complete',
        request: { stream: false, params: { outputType: 'speech' } },
        usage: { source: 'absent' },
        capture: { truncated: false },
      },
    })
    expect(record.error).toBeUndefined()
    expect(seen).toEqual(reply)
  })

  it('says when the first sound came', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'Date'] })
    const exporter = memory()
    const tracer = createTracer({
      exporters: [exporter],
      fetch: async () => {
        let pulls = 0
        const body = new ReadableStream(
          {
            pull(stream) {
              vi.advanceTimersByTime(1_000)
              pulls += 1
              if (pulls > 3) stream.close()
              else stream.enqueue(new Uint8Array(10))
            },
          },
          { highWaterMark: 0 },
        )
        return new Response(body, { headers: { 'content-type': 'audio/mpeg' } })
      },
    })
    const body = JSON.stringify(speech.request)
    await (await tracer.fetch(speech.url, { method: 'POST', body })).bytes()
    vi.useRealTimers()
    expect(exporter.records[0]?.call?.time).toMatchObject({ firstChunkMs: 1_000, endMs: 4_000 })
  })

  it('adds up the sound of a stream', async () => {
    const pieces = [5, 1_000, 30_000].map((bytes) => Buffer.alloc(bytes, 1).toString('base64'))
    const usage = { input_tokens: 14, output_tokens: 101, total_tokens: 115 }
    const { record } = await replay({
      ...speech,
      request: { ...speech.request, stream_format: 'sse' },
      reply: streamOf([
        ...pieces.map((audio) => ({ type: 'speech.audio.delta', audio })),
        { type: 'speech.audio.done', usage },
      ]),
      type: 'text/event-stream',
    })
    expect(record).toMatchObject({
      output: { blocks: [{ type: 'audio', bytes: 31_005 }] },
      call: { ended: 'complete', request: { stream: true }, usage: { input: 14, output: 101 } },
    })
  })

  it('names the error where the reply is one', async () => {
    const reply = encode('{"error":{"message":"No such voice","type":"invalid_request_error"}}')
    const recorded = { ...speech, reply, type: 'application/json', status: 400 }
    expect((await replay(recorded)).record).toMatchObject({
      status: 'error',
      error: { type: 'invalid_request_error', status: 400 },
    })
  })
})

describe('openai.transcription', () => {
  it.each([
    ['text', 'text/plain; charset=utf-8', 'Grüße, 你好.\n'],
    ['vtt', 'text/vtt', 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n'],
    ['a text that is JSON', 'text/plain', '{"text":"no"}'],
  ])('keeps a reply of %s as it is', async (response_format, type, text) => {
    const recorded = {
      url: 'https://api.openai.com/v1/audio/transcriptions',
      request: { model: 'whisper-1', file: {}, response_format },
      reply: encode(text),
      type,
    }
    for (const chunk of [1, 1_000]) {
      expect((await replay({ ...recorded, chunk })).record).toMatchObject({
        status: 'success',
        output: { role: 'assistant', content: text },
        call: { ended: 'complete', usage: { source: 'absent' } },
      })
    }
    const { record } = await replay({ ...recorded, chunk: 1, maxBytes: 3 })
    expect(record).toMatchObject({
      output: { content: `${text.slice(0, 3)}…` },
      call: { ended: 'complete', capture: { truncated: true } },
    })
  })
})
