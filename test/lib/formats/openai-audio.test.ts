import { createTracer, memory } from 'carrot-trace'
import { describe, expect, it, vi } from 'vitest'
import { replay } from '../../support/replay.ts'
import { streamOf } from './responses.ts'

const encode = (text: string) => new TextEncoder().encode(text)

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

describe('openai.chat', () => {
  it('reads the counts behind megabytes of sound', async () => {
    const data = 'UklGRg+/'.repeat(400_000)
    const message = {
      role: 'assistant',
      content: null,
      audio: { id: 'a1', data, transcript: 'Hi' },
    }
    const usage = { prompt_tokens: 9, completion_tokens: 1_500, total_tokens: 1_509 }
    const choices = [{ index: 0, message, finish_reason: 'stop' }]
    const { record } = await replay({
      url: 'https://api.openai.com/v1/chat/completions',
      request: { model: 'gpt-audio', modalities: ['text', 'audio'], messages: [] },
      reply: encode(JSON.stringify({ id: 'c1', model: 'gpt-audio-1', choices, usage })),
      type: 'application/json',
      chunk: 65_536,
    })
    expect(record.call).toMatchObject({
      ended: 'complete',
      usage: { source: 'provider', input: 9, output: 1_500 },
      response: { choices: [{ finishReason: 'stop' }] },
      capture: { truncated: false },
    })
  })
})
