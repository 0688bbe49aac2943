import OpenAI from 'openai'
import { createTracer, memory, type TracerOptions } from 'carrot-trace'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const OPENAI = 'https://api.openai.com/v1/chat/completions'
const messages = [{ role: 'user' as const, content: 'Say "usage": null, {"usage":null} 👋' }]
const chat = { model: 'gpt-4o', messages, stream: true as const }
const usage = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 }

/** As the API streams: with `usage: null` in every event, and one more, where it was asked. */
function events(asked: boolean, lineEnd = '\n'): string {
  const head = { id: 'c1', object: 'chat.completion.chunk', model: 'gpt-4o-1' }
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason }],
    ...(asked && { usage: null }),
    service_tier: 'default',
  })
  const chunks: object[] = [
    chunk({ role: 'assistant', content: '' }),
    chunk({ content: 'a ,"usage":null b' }),
    chunk({ content: '👋 你好' }),
    chunk({}, 'stop'),
    ...(asked ? [{ ...head, choices: [], usage }] : []),
  ]
  return [...chunks.map((data) => JSON.stringify(data)), '[DONE]']
    .map((data) => `data: ${data}${lineEnd}${lineEnd}`)
    .join('')
}

/** An API that answers as it was asked, in chunks of these sizes. */
function api(sizes: readonly number[] = [7], lineEnd = '\n', cutAt = Number.POSITIVE_INFINITY) {
  const bodies: string[] = []
  const fetch = async (_input: unknown, init?: RequestInit): Promise<Response> => {
    const text = String(init?.body)
    bodies.push(text)
    const { stream_options: options } = JSON.parse(text)
    const bytes = new TextEncoder().encode(events(options?.include_usage === true, lineEnd))
    let at = 0
    let turn = 0
    const body = new ReadableStream({
      type: 'bytes',
      pull(controller) {
        if (at >= Math.min(bytes.length, cutAt)) {
          if (cutAt < bytes.length) return controller.error(new TypeError('terminated'))
          controller.close()
          return controller.byobRequest?.respond(0)
        }
        const size = sizes[turn % sizes.length] ?? 1
        turn += 1
        controller.enqueue(bytes.slice(at, Math.min(at + size, cutAt)))
        at += size
        return undefined
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
  return { bodies, fetch }
}

function injecting(fetch: TracerOptions['fetch'], streamUsage: 'inject' | 'off' = 'inject') {
  const exporter = memory()
  return {
    exporter,
    tracer: createTracer({ exporters: [exporter], fetch, capture: { streamUsage } }),
  }
}

describe("capture.streamUsage: 'inject'", () => {
  it('has the usage of a stream, and shows the client what it would have seen', async () => {
    const seen = async (streamUsage: 'inject' | 'off') => {
      const { tracer, exporter } = injecting(api().fetch, streamUsage)
      const openai = new OpenAI({ apiKey: 'sk-test', fetch: tracer.fetch })
      const chunks = []
      for await (const chunk of await openai.chat.completions.create(chat)) chunks.push(chunk)
      return { chunks, call: exporter.records[0]?.call }
    }
    const off = await seen('off')
    const injected = await seen('inject')
    expect(injected.chunks).toEqual(off.chunks)
    expect(off.call?.usage).toMatchObject({ source: 'absent', input: null, output: null })
    expect(injected.call).toMatchObject({
      ended: 'complete',
      usage: { source: 'injected', final: true, input: 5, output: 7, raw: usage },
    })
  })

  it.each(['\n', '\r\n', '\r'])(
    'lets every other byte pass, whatever the chunks, with lines that end in %j',
    async (lineEnd) => {
      const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 })
      await fc.assert(
        fc.asyncProperty(sizes, async (sizes) => {
          const { tracer, exporter } = injecting(api(sizes, lineEnd).fetch)
          const init = { method: 'POST', body: JSON.stringify(chat) }
          const text = await (await tracer.fetch(OPENAI, init)).text()
          expect(text).toBe(events(false, lineEnd))
          expect(exporter.records[0]?.call?.usage).toMatchObject({ source: 'injected', output: 7 })
        }),
        { numRuns: 40 },
      )
    },
  )

  it('holds back no event that is there in full', async () => {
    const { tracer } = injecting(api([events(true).indexOf('data:', 10) + 20]).fetch)
    const init = { method: 'POST', body: JSON.stringify(chat) }
    const reader = (await tracer.fetch(OPENAI, init)).body?.getReader()
    const first = new TextDecoder().decode((await reader?.read())?.value)
    expect(first).toBe(events(false).slice(0, events(false).indexOf('data:', 10)))
  })

  it('hands on what came of an event before the stream failed', async () => {
    const { tracer, exporter } = injecting(api([400], '\n', 60).fetch)
    const init = { method: 'POST', body: JSON.stringify(chat) }
    const reader = (await tracer.fetch(OPENAI, init)).body?.getReader()
    const { value } = (await reader?.read()) ?? {}
    expect(new TextDecoder().decode(value)).toBe(events(true).slice(0, 60))
    await expect(reader?.read()).rejects.toThrow('terminated')
    expect(exporter.records[0]?.call?.ended).toBe('error')
  })

  it('gives up on an event longer than capture.maxBytes, and lets all pass', async () => {
    const exporter = memory()
    const { fetch } = api([50])
    const capture = { streamUsage: 'inject', maxBytes: 60 } as const
    const tracer = createTracer({ exporters: [exporter], fetch, capture })
    const init = { method: 'POST', body: JSON.stringify(chat) }
    expect(await (await tracer.fetch(OPENAI, init)).text()).toBe(events(true))
  })

  it.each([
    [
      '{"stream":true,"messages":[]}',
      '{"stream":true,"messages":[],"stream_options":{"include_usage":true}}',
    ],
    [
      '{"stream":true,"messages":[],"seed":12345678901234567890} \n',
      '{"stream":true,"messages":[],"seed":12345678901234567890,"stream_options":{"include_usage":true}}',
    ],
    [
      '{"stream":true,"messages":[],"stream_options": { "include_obfuscation":false}}',
      '{"stream":true,"messages":[],"stream_options": {"include_usage":true, "include_obfuscation":false}}',
    ],
    [
      '{"stream":true,"messages":[],"stream_options":{}}',
      '{"stream":true,"messages":[],"stream_options":{"include_usage":true}}',
    ],
    [
      '{"messages":["\\"stream_options\\":{"],"stream":true}',
      '{"messages":["\\"stream_options\\":{"],"stream":true,"stream_options":{"include_usage":true}}',
    ],
  ])('asks within the text as it stands: %s', async (body, sent) => {
    const { bodies, fetch } = api()
    const { tracer } = injecting(fetch)
    const init = Object.freeze({ method: 'POST', body })
    await (await tracer.fetch(OPENAI, init)).text()
    expect(bodies).toEqual([sent])
  })

  it('has the usage of older completions as well', async () => {
    const { tracer, exporter } = injecting(api().fetch)
    const init = { method: 'POST', body: '{"model":"m","prompt":"p","stream":true}' }
    const text = await (await tracer.fetch('https://api.openai.com/v1/completions', init)).text()
    expect(text).toBe(events(false))
    expect(exporter.records[0]?.call?.usage).toMatchObject({ source: 'injected', output: 7 })
  })

  const untouched: [string, string, RequestInit][] = [
    ['no stream', OPENAI, { body: '{"messages":[]}' }],
    [
      'asked already',
      OPENAI,
      { body: '{"stream":true,"messages":[],"stream_options":{"include_usage":true}}' },
    ],
    [
      'refused by the application',
      OPENAI,
      { body: '{"stream":true,"messages":[],"stream_options":{"include_usage":false}}' },
    ],
    [
      'options of a strange shape',
      OPENAI,
      { body: '{"stream":true,"messages":[],"stream_options":null}' },
    ],
    [
      'two places that could be it',
      OPENAI,
      { body: '{"stream":true,"messages":[{"stream_options":{}}],"stream_options":{}}' },
    ],
    [
      'a host not known to take it',
      'https://models.test/v1/chat/completions',
      { body: JSON.stringify(chat) },
    ],
    [
      'a host known to refuse it',
      'https://api.mistral.ai/v1/chat/completions',
      { body: JSON.stringify(chat) },
    ],
    ...['content-length', 'content-digest', 'x-amz-content-sha256'].map(
      (name): [string, string, RequestInit] => [
        `a body that ${name} vouches for`,
        OPENAI,
        { body: JSON.stringify(chat), headers: { [name]: '9' } },
      ],
    ),
    [
      'a signed body',
      OPENAI,
      { body: JSON.stringify(chat), headers: { authorization: 'AWS4-HMAC-SHA256 x' } },
    ],
  ]

  it.each(untouched)('leaves the request alone: %s', async (_, url, init) => {
    const { bodies, fetch } = api()
    const { tracer, exporter } = injecting(fetch)
    await (await tracer.fetch(url, { method: 'POST', ...init })).text()
    expect(bodies).toEqual([init.body])
    expect(exporter.records[0]?.call?.usage.source).not.toBe('injected')
  })

  it('leaves the body of a Request alone', async () => {
    const { tracer, exporter } = injecting(async (input, init) => {
      expect(init).toBeUndefined()
      return new Response(await (input instanceof Request ? input.text() : ''))
    })
    const request = new Request(OPENAI, { method: 'POST', body: JSON.stringify(chat) })
    expect(await (await tracer.fetch(request)).text()).toBe(JSON.stringify(chat))
    expect(exporter.records).toHaveLength(1)
  })
})
