import { createTracer, memory, type SpanRecord } from 'carrot-trace'
import { describe, expect, it } from 'vitest'
import { replay } from '../../support/replay.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const gemini = 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash'
const request = { contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] }
const quota = {
  error: {
    code: 429,
    message: 'Quota exceeded for AIza12345678901234567890123456789012345.',
    status: 'RESOURCE_EXHAUSTED',
  },
}
const refused = {
  type: 'RESOURCE_EXHAUSTED',
  code: '429',
  message: 'Quota exceeded for [redacted].',
}
const chunk = {
  candidates: [{ content: { parts: [{ text: 'He' }] } }],
  usageMetadata: { promptTokenCount: 7 },
}
const last = { candidates: [{ content: { parts: [{ text: '' }] }, finishReason: 'STOP' }] }

const events = (...all: object[]) =>
  all.map((one) => `data: ${JSON.stringify(one)}\r\n\r\n`).join('')
const array = (...all: object[]) =>
  `[${all.map((one) => JSON.stringify(one, null, 2)).join('\n,\r\n')}`
const FRAMINGS = [
  {
    name: 'events',
    url: `${gemini}:streamGenerateContent?alt=sse`,
    type: 'text/event-stream',
    framed: events,
  },
  {
    name: 'an array',
    url: `${gemini}:streamGenerateContent`,
    type: 'application/json',
    framed: array,
  },
]

describe.each(FRAMINGS)('a stream of Google as $name', ({ url, type, framed }) => {
  it.each([quota, [quota]])(
    'is an error where it says so after it began well: %j',
    async (failure) => {
      const { record } = await replay({ url, request, reply: encode(framed(chunk, failure)), type })
      expect(record).toMatchObject({
        status: 'error',
        error: { ...refused, phase: 'stream' },
        output: { content: 'He' },
        call: { ended: 'error', stream: { events: 2 } },
      })
    },
  )

  it.each([quota, [quota]])('names the error that comes in its place: %j', async (failure) => {
    const reply = encode(JSON.stringify(failure, null, 2))
    const recorded = { url, request, reply, type: 'application/json', status: 429 }
    const { record } = await replay(recorded)
    expect(record).toMatchObject({
      status: 'error',
      error: { ...refused, status: 429, phase: 'http' },
      call: { ended: 'error', request: { model: 'gemini-3-flash', stream: true } },
    })
    expect(record.call).not.toHaveProperty('stream')
  })

  it('knows that counts are not the last where it is cut', async () => {
    const { record } = await replay({ url, request, reply: encode(framed(chunk)), type })
    expect(record.call).toMatchObject({
      ended: 'truncated',
      usage: { source: 'provider', final: false, input: 7, output: null },
    })
  })

  it('is filtered where the prompt is refused, whatever the reason', async () => {
    const blocked = { promptFeedback: { blockReason: 'JAILBREAK' } }
    const { record } = await replay({ url, request, reply: encode(framed(blocked)), type })
    expect(record.call).toMatchObject({
      ended: 'complete',
      response: { choices: [{ finishReason: 'content_filter', finishReasonRaw: 'JAILBREAK' }] },
    })
  })

  it('is read as it comes, and what has come is there when the reader leaves', async () => {
    const record = await leftAfterOne(url, type, [framed(chunk), framed(last).replace('[', ',')])
    expect(record).toMatchObject({
      output: { content: 'He' },
      call: {
        ended: 'cancelled',
        stream: { events: 1 },
        time: { firstChunkMs: expect.any(Number), firstTextMs: expect.any(Number) },
      },
    })
  })

  it('keeps no key of the address', async () => {
    const key = 'AIza12345678901234567890123456789012345'
    const keyed = `${url}${url.includes('?') ? '&' : '?'}key=${key}`
    const { record } = await replay({
      url: keyed,
      request,
      reply: encode(framed(chunk, last)),
      type,
    })
    expect(JSON.stringify(record)).not.toContain(key)
    expect(record.call?.request.model).toBe('gemini-3-flash')
  })
})

async function leftAfterOne(url: string, type: string, chunks: string[]): Promise<SpanRecord> {
  const exporter = memory()
  const tracer = createTracer({
    exporters: [exporter],
    fetch: async () => {
      const waiting = chunks.map(encode)
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          const next = waiting.shift()
          if (next) controller.enqueue(next)
          else controller.close()
        },
      })
      return new Response(body, { headers: { 'content-type': type } })
    },
  })
  const { body } = await tracer.fetch(url, { method: 'POST', body: JSON.stringify(request) })
  const reader = body?.getReader()
  await reader?.read()
  await reader?.cancel()
  const [record] = exporter.records
  if (!record) throw new Error('Nothing was recorded.')
  return record
}

describe('a reply of Google', () => {
  it('that is given whole to who asked for a stream is read', async () => {
    const url = `${gemini}:streamGenerateContent`
    const reply = encode(
      JSON.stringify({
        candidates: [{ content: { parts: [{ text: 'Hi' }] }, finishReason: 'STOP' }],
      }),
    )
    const { record } = await replay({ url, request, reply, type: 'application/json' })
    expect(record).toMatchObject({ status: 'success', output: { content: 'Hi' } })
  })

  it.each([
    ['MAX_TOKENS', 'length'],
    ['CONTINUATION', 'length'],
    ['RECITATION', 'content_filter'],
    ['LANGUAGE', 'content_filter'],
    ['IMAGE_PROHIBITED_CONTENT', 'content_filter'],
    ['MODEL_ARMOR', 'content_filter'],
    ['MALFORMED_FUNCTION_CALL', 'error'],
    ['OTHER', 'error'],
  ])('that ends with %s ends by %s', async (finishReason, normalised) => {
    const reply = encode(JSON.stringify({ candidates: [{ finishReason }] }))
    const { record } = await replay({
      url: `${gemini}:generateContent`,
      request,
      reply,
      type: 'application/json',
    })
    expect(record.call?.response.choices).toMatchObject([
      { finishReason: normalised, finishReasonRaw: finishReason },
    ])
  })

  it('keeps megabytes of a picture by their number, and the counts after them', async () => {
    const data = Buffer.alloc(3_000_000, 7).toString('base64')
    const parts = [{ inlineData: { mimeType: 'image/png', data } }]
    const usageMetadata = { promptTokenCount: 5, candidatesTokenCount: 1290, totalTokenCount: 1295 }
    const answer = { candidates: [{ content: { parts }, finishReason: 'STOP' }], usageMetadata }
    for (const { url, type, framed } of FRAMINGS) {
      const reply = encode(framed(answer))
      const { record } = await replay({ url, request, reply, type, chunk: 16_384 })
      expect(record).toMatchObject({
        output: { blocks: [{ type: 'image', format: 'image/png', bytes: 3_000_000 }] },
        call: { ended: 'complete', usage: { output: 1290 }, capture: { truncated: false } },
      })
    }
  })

  it('an interaction that failed is an error', async () => {
    const url = 'https://generativelanguage.googleapis.com/v1/interactions'
    const interaction = { model: 'gemini-3-flash', input: 'Hello', stream: true }
    const failed = { id: 'v1', status: 'failed' }
    const inStream = encode(
      'data: {"event_type":"error","error":{"code":"quota","message":"Slow down"}}\n\n',
    )
    expect(
      (
        await replay({
          url,
          request: interaction,
          reply: encode(JSON.stringify(failed)),
          type: 'application/json',
        })
      ).record,
    ).toMatchObject({ status: 'error', error: { type: 'failed' }, call: { ended: 'error' } })
    expect(
      (await replay({ url, request: interaction, reply: inStream, type: 'text/event-stream' }))
        .record,
    ).toMatchObject({ status: 'error', error: { type: 'quota', message: 'Slow down' } })
  })
})

describe('the address of a model of Google', () => {
  const vertex = (host: string, path: string) => `https://${host}/v1/projects/p/locations/l/${path}`
  it.each([
    ['gcp.gemini', 'gemini-3-flash', `${gemini}:generateContent`],
    [
      'gcp.gemini',
      'tuned-1',
      'https://generativelanguage.googleapis.com/v1/tunedModels/tuned-1:generateContent',
    ],
    [
      'gcp.vertex_ai',
      'gemini-3-pro',
      vertex('aiplatform.googleapis.com', 'publishers/google/models/gemini-3-pro:generateContent'),
    ],
    [
      'gcp.vertex_ai',
      'gemini-3-pro',
      vertex(
        'us-east1-aiplatform.googleapis.com',
        'publishers%2Fgoogle%2Fmodels%2Fgemini-3-pro:generateContent',
      ),
    ],
    [
      'gcp.vertex_ai',
      '4711',
      vertex('aiplatform.us.rep.googleapis.com', 'endpoints/4711:generateContent'),
    ],
    [
      'gcp.gen_ai',
      'google/gemma:free',
      'http://localhost:4000/v1beta/models/google%2Fgemma:free:generateContent',
    ],
    ['gcp.gen_ai', '100%', 'http://localhost:4000/models/100%:generateContent?key=x'],
  ])('tells %s and %s', async (provider, model, url) => {
    const { record } = await replay({ url, request, reply: encode('{}'), type: 'application/json' })
    expect(record).toMatchObject({
      name: `generate_content ${model}`,
      call: { provider, format: 'google.generate_content', request: { model } },
    })
  })
})
