import OpenAI from 'openai'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  createTracer,
  memory,
  TraceError,
  type Tracer,
  type TracerOptions,
} from '../../src/index.ts'

const URL_ = 'https://api.openai.com/v1/chat/completions'
const chat = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] }
const reply = {
  choices: [{ index: 0, message: { role: 'assistant', content: 'Ho' }, finish_reason: 'stop' }],
}

/** A tracer over a fetch that keeps what it is called with. */
function setup(options: TracerOptions = {}) {
  const exporter = memory()
  const calls: { input: unknown; init: RequestInit | undefined; self: unknown }[] = []
  const answers: Response[] = []
  const told: TraceError[] = []
  const tracer: Tracer = createTracer({
    exporters: [exporter],
    onError: (error) => told.push(error),
    fetch: async function (this: unknown, input, init) {
      calls.push({ input, init, self: this })
      if (init?.body instanceof Blob) await init.body.text() // a server answers what it has read
      const answer = Response.json(reply)
      answers.push(answer)
      return answer
    },
    ...options,
  })
  return { tracer, records: exporter.records, calls, answers, told }
}

const post = (body: BodyInit, more: RequestInit = {}): RequestInit => ({
  method: 'POST',
  body,
  ...more,
})

describe('fetch', () => {
  it('hands a request on as the very objects it was given', async () => {
    const { tracer, calls } = setup()
    const init = post(JSON.stringify(chat), { headers: { a: 'b' } })
    await tracer.fetch(URL_, init)
    expect(calls[0]?.input).toBe(URL_)
    expect(calls[0]?.init).toBe(init)
    expect(calls[0]?.self).toBeUndefined()
  })

  it.each<[string, string, RequestInit | undefined]>([
    ['another address', 'https://example.test/', post('{}')],
    ['a GET', URL_, undefined],
    [
      'a shop with the address of a model API',
      'https://shop.test/v1/messages',
      post('{"to":"me","text":"hi"}'),
    ],
    ['a body that is no JSON', URL_, post('model=x')],
  ])('gives back the very response that fetch gives, for %s', async (_name, url, init) => {
    const { tracer, records, answers } = setup()
    expect(await tracer.fetch(url, init)).toBe(answers[0])
    expect(records).toEqual([])
  })

  it.each<[string, () => BodyInit]>([
    ['a string', () => JSON.stringify(chat)],
    ['bytes', () => new TextEncoder().encode(JSON.stringify(chat))],
    ['a buffer', () => new TextEncoder().encode(JSON.stringify(chat)).buffer],
    ['a Blob', () => new Blob([JSON.stringify(chat)])],
  ])('reads a body given as %s', async (_name, body) => {
    const { tracer, records } = setup()
    await (await tracer.fetch(URL_, post(body()))).text()
    expect(records).toMatchObject([{ input: chat, output: { content: 'Ho' } }])
  })

  it('reads a form: its texts, and of its files the name, type and size', async () => {
    const { tracer, records, calls } = setup()
    const form = new FormData()
    form.set('model', 'gpt-image-2')
    form.set('prompt', 'An otter, with sk-abcdefghijklmnopqrstuvwx')
    form.set('n', '2')
    form.set('stream', 'false')
    form.append('image[]', new Blob(['abc'], { type: 'image/png' }), 'one.png')
    form.set('mask', new File(['abcd'], 'mask.png', { type: 'image/png' }))
    form.append('tag', 'a')
    form.append('tag', 'b')
    form.set('__proto__', 'x')
    const seen = [...form]
    await (await tracer.fetch('https://api.openai.com/v1/images/edits', post(form))).text()
    expect(records).toMatchObject([
      {
        name: 'image_generation gpt-image-2',
        input: {
          model: 'gpt-image-2',
          prompt: 'An otter, with [redacted]',
          n: '2',
          'image[]': [{ name: 'one.png', type: 'image/png', size: 3 }],
          mask: { name: 'mask.png', type: 'image/png', size: 4 },
          tag: ['a', 'b'],
        },
        call: { request: { stream: false, params: { choiceCount: 2, outputType: 'image' } } },
      },
    ])
    expect(Object.keys(Object(records[0]?.input))).toContain('__proto__')
    expect(records[0]?.call?.capture.unseen).toBeUndefined()
    expect(calls[0]?.init?.body).toBe(form)
    expect([...form]).toEqual(seen)
  })

  it('records a form in a Request without looking into it', async () => {
    const { tracer, records } = setup()
    const body = new FormData()
    body.set('file', new Blob(['abc']), 'a.wav')
    const request = new Request('https://api.openai.com/v1/audio/transcriptions', post(body))
    await (await tracer.fetch(request)).text()
    expect(records).toMatchObject([
      {
        name: 'transcription',
        call: { capture: { unseen: 'form data in a Request, which only its receiver may read' } },
      },
    ])
  })

  it('records a call whose body it may not read, and says why', async () => {
    const { tracer, records } = setup()
    const init = { ...post(new Blob(['{}']).stream()), duplex: 'half' }
    await (await tracer.fetch(URL_, init)).text()
    expect(records).toMatchObject([
      { name: 'chat', call: { capture: { unseen: 'a stream, which only its receiver may read' } } },
    ])
    expect(records[0]?.input).toBeUndefined()
  })

  it('takes an unseen body to an unknown host for a call if a model answers it', async () => {
    const init = () => ({ ...post(new Blob(['{}']).stream()), duplex: 'half' })
    const { tracer, records } = setup()
    await (await tracer.fetch('https://llm.test/v1/chat/completions', init())).text()
    expect(records).toMatchObject([{ name: 'chat', output: { content: 'Ho' } }])

    const vectors = { data: [{ embedding: [0.5, 0.5] }] } // of a host that counts no tokens
    const embedder = setup({ fetch: async () => Response.json(vectors) })
    await (await embedder.tracer.fetch('https://llm.test/v1/embeddings', init())).text()
    expect(embedder.records).toMatchObject([{ name: 'embeddings', kind: 'embedding' }])

    const shop = setup({ fetch: async () => Response.json({ sent: true }) })
    const response = await shop.tracer.fetch('https://shop.test/v1/messages', init())
    expect([await response.json(), shop.records]).toEqual([{ sent: true }, []])
  })

  it('rejects with the same error, and records it', async () => {
    const error = new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })
    const { tracer, records } = setup({ fetch: () => Promise.reject(error) })
    await expect(tracer.fetch(URL_, post(JSON.stringify(chat)))).rejects.toBe(error)
    expect(records).toMatchObject([
      {
        status: 'error',
        error: { type: 'TypeError', phase: 'network', cause: { message: 'ECONNREFUSED' } },
        call: { ended: 'error' },
      },
    ])
  })

  it.each([[[null]], [[[]]], ['text'], [7]])(
    'leaves headers that make no sense to fetch: %j',
    async (strange) => {
      const { tracer, calls } = setup()
      const init: object = { method: 'POST', body: JSON.stringify(chat), headers: strange }
      await (await tracer.fetch(URL_, init)).text()
      expect(calls[0]?.init).toBe(init)
    },
  )

  it('records a call to an unknown host that failed before its body had been read', async () => {
    const failed = new TypeError('connection refused')
    const { tracer, records } = setup({ fetch: () => Promise.reject(failed) })
    const request = new Request(
      'http://localhost:1/v1/chat/completions',
      post(JSON.stringify(chat)),
    )
    await expect(tracer.fetch(request)).rejects.toBe(failed)
    await expect.poll(() => records).toHaveLength(1)
    expect(records).toMatchObject([
      { name: 'chat gpt-4o', status: 'error', input: chat, call: { ended: 'error' } },
    ])
  })

  it('throws at once what fetch throws at once, and records it', () => {
    const error = new TypeError('Invalid redirect value')
    const { tracer, records } = setup({
      fetch: () => {
        throw error
      },
    })
    expect(() => tracer.fetch(URL_, post(JSON.stringify(chat)))).toThrow(error)
    expect(records).toMatchObject([{ status: 'error', error: { message: error.message } }])
  })

  it('gives a response of a status without body back as it is', async () => {
    const native = Response.json(reply)
    Object.defineProperty(native, 'status', { value: 204 }) // as Chromium has it: with a body
    const { tracer, records } = setup({ fetch: async () => native })
    expect(await tracer.fetch(URL_, post(JSON.stringify(chat)))).toBe(native)
    expect([native.body?.locked, records.map(({ call }) => call?.ended)]).toEqual([
      false,
      ['complete'],
    ])
  })

  it('records an abort after the head and before the first read as cancelled', async () => {
    const { tracer, records } = setup()
    const controller = new AbortController()
    await tracer.fetch(URL_, post(JSON.stringify(chat), { signal: controller.signal }))
    controller.abort()
    expect(records).toMatchObject([{ status: 'success', call: { ended: 'cancelled' } }])
  })

  it('records a whole reply that its reader leaves in the middle as cancelled', async () => {
    const { tracer, records } = setup({
      fetch: async () => {
        const pieces = [new TextEncoder().encode('{"choices":[')]
        const body = new ReadableStream({ pull: (stream) => void stream.enqueue(pieces[0]) })
        return new Response(body, { headers: { 'content-type': 'application/json' } })
      },
    })
    const { body } = await tracer.fetch(URL_, post(JSON.stringify(chat)))
    const reader = body?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect(records).toMatchObject([{ status: 'success', call: { ended: 'cancelled' } }])
    expect(records[0]?.error).toBeUndefined()
  })

  it('stays cancelled, once, when the aborted body fails as well', async () => {
    const controller = new AbortController()
    const { tracer, records } = setup({
      fetch: async (_input, init) =>
        new Response(
          new ReadableStream({
            start(stream) {
              init?.signal?.addEventListener('abort', () => stream.error(init.signal?.reason))
            },
          }),
        ),
    })
    const response = await tracer.fetch(
      URL_,
      post(JSON.stringify(chat), { signal: controller.signal }),
    )
    const read = response.text()
    controller.abort(new Error('stop'))
    await expect(read).rejects.toThrow('stop')
    expect(records.map(({ call }) => call?.ended)).toEqual(['cancelled'])
  })

  it('keeps what a Response says of itself, and its clones', async () => {
    const native = Response.json(reply)
    Object.defineProperty(native, 'url', { value: 'https://final.test/' })
    Object.defineProperty(native, 'redirected', { value: true })
    const { tracer } = setup({ fetch: async () => native })
    const response = await tracer.fetch(URL_, post(JSON.stringify(chat)))
    for (const seen of [response, response.clone(), response.clone().clone()]) {
      expect([seen.url, seen.redirected, seen.type, seen.headers]).toEqual([
        'https://final.test/',
        true,
        'default',
        native.headers,
      ])
      expect(seen instanceof Response).toBe(true)
    }
  })

  it('never lets a failure of ours reach the application', async () => {
    const broken = {
      name: 'broken',
      operation: 'chat',
      matches: () => true,
      accepts: () => true,
      request() {
        throw new Error('ours')
      },
      reply: () => undefined,
    }
    const { tracer, told, answers } = setup({ formats: [broken] })
    expect(await tracer.fetch(URL_, post('{}'))).toBe(answers[0])
    expect(told.map(({ code, cause }) => [code, cause])).toEqual([
      ['capture_failed', new Error('ours')],
    ])
  })

  it('reads a format of the user’s own', async () => {
    const own = {
      name: 'own.complete',
      operation: 'text_completion',
      matches: ({ pathname }: URL) => pathname === '/complete',
      accepts: () => true,
      request() {},
      reply: () => undefined,
    }
    const { tracer, records } = setup({ formats: [own] })
    await (await tracer.fetch('https://llm.test/complete', post('{}'))).text()
    expect(records).toMatchObject([
      { name: 'text_completion', call: { provider: 'own', format: 'own.complete' } },
    ])
  })

  it('sends nothing and records nothing when disabled, and works', async () => {
    const { tracer, records, answers } = setup({ disabled: true })
    expect(await tracer.fetch(URL_, post(JSON.stringify(chat)))).toBe(answers[0])
    expect(tracer.span('a', () => 1)).toBe(1)
    expect(records).toEqual([])
  })
})

describe('what is taken for a call', () => {
  const asked = { model: 'm', input: 'x' }

  it.each<[string, string, object, string | undefined]>([
    ['a response', '/v1/responses', asked, 'openai.responses'],
    ['one of a stored prompt', '/responses/', { prompt: { id: 'pmpt_1' } }, 'openai.responses'],
    ['a compaction', '/v1/responses/compact', asked, 'openai.responses'],
    ['a poll of a response', '/v1/responses/resp_1', {}, undefined],
    ['its cancellation', '/v1/responses/resp_1/cancel', {}, undefined],
    ['a count of tokens', '/v1/responses/input_tokens', asked, 'openai.count_tokens'],
    ['a survey', '/responses', { model: 'T', answers: [1] }, undefined],
    ['chat', '/v1/chat/completions', { messages: [] }, 'openai.chat'],
    [
      'an agent of Mistral',
      '/v1/agents/completions',
      { agent_id: 'a', messages: [] },
      'openai.chat',
    ],
    ['chat without messages', '/v1/chat/completions', { prompt: 'x' }, undefined],
    ['a completion', '/v1/completions', { prompt: 'x' }, 'openai.completions'],
    ['one at the root', '/completions', { prompt: ['x'] }, 'openai.completions'],
    [
      'one by deployment',
      '/openai/deployments/d/completions',
      { prompt: '' },
      'openai.completions',
    ],
    ['a completion with messages', '/v1/completions', { messages: [] }, undefined],
    ['code filled in', '/v1/fim/completions', { model: 'm', prompt: 'x' }, 'mistral.fim'],
    ['embeddings', '/openai/v1/embeddings', asked, 'openai.embeddings'],
    ['no embeddings', '/embeddings', { content: 'x' }, undefined],
    ['an image', '/v1/images/generations', { prompt: 'x' }, 'openai.images'],
    ['a variation', '/v1/images/variations', { image: {} }, 'openai.images'],
    ['an upload', '/images', { prompt: 'x' }, undefined],
    ['speech', '/v1/audio/speech', { ...asked, voice: 'coral' }, 'openai.speech'],
    ['a speech', '/audio/speech', { input: 'x' }, undefined],
    ['a transcription', '/audio/transcriptions', { file: {} }, 'openai.transcription'],
    ['a voice', '/v1/audio/voices', { name: 'x' }, undefined],
    ['a moderation', '/v1/moderations', { input: ['x'] }, 'openai.moderations'],
    ['moderators', '/moderations', { user: 7 }, undefined],
    ['a conversation', '/v1/conversations', { items: [] }, undefined],
    ['one with a model', '/v1/conversations', { inputs: 'x' }, 'mistral.conversations'],
    ['one gone on with', '/v1/conversations/c1', { inputs: [] }, 'mistral.conversations'],
    ['its restart', '/v1/conversations/c1/restart', { inputs: [] }, 'mistral.conversations'],
    ['its messages', '/v1/conversations/c1/messages', { inputs: [] }, undefined],
    ['a chat of Ollama', '/api/chat', { model: 'm', messages: [] }, 'ollama.chat'],
    ['a site’s own chat', '/api/chat', { messages: [{ role: 'user', content: 'x' }] }, undefined],
    ['a prompt of Ollama', '/api/generate', { model: 'm', prompt: 'x' }, 'ollama.generate'],
    ['an embedding of Ollama', '/api/embed', asked, 'ollama.embed'],
    ['one of old', '/api/embeddings', { model: 'm', prompt: 'x' }, 'ollama.embed'],
    ['one of Open WebUI', '/api/embeddings', asked, 'openai.embeddings'],
    ['a model to pull', '/api/pull', { model: 'm' }, undefined],
    ['a chat of Cohere', '/v2/chat', { model: 'm', messages: [] }, 'cohere.chat'],
    ['one of old', '/v1/chat', { model: 'm', message: 'x' }, undefined],
    ['an embedding of Cohere', '/v2/embed', { model: 'm', texts: [] }, 'cohere.embed'],
    ['a ranking', '/v1/rerank', { model: 'm', query: 'x', documents: [] }, 'cohere.rerank'],
    ['a batch', '/v1/batches', { endpoint: '/v1/responses' }, undefined],
    ['a file', '/v1/files', { file: {}, purpose: 'batch' }, undefined],
  ])('is right for %s', async (_name, path, body, format) => {
    const { tracer, records } = setup()
    await (await tracer.fetch(`https://llm.test${path}`, post(JSON.stringify(body)))).text()
    expect(records.map(({ call }) => call?.format)).toEqual(format ? [format] : [])
  })
})

describe('headers()', () => {
  it.each<[string, (headers: Record<string, string>) => [RequestInfo, RequestInit?]]>([
    ['a record', (headers) => [URL_, post(JSON.stringify(chat), { headers })]],
    ['Headers', (headers) => [URL_, post(JSON.stringify(chat), { headers: new Headers(headers) })]],
    [
      'pairs',
      (headers) => [URL_, post(JSON.stringify(chat), { headers: Object.entries(headers) })],
    ],
    ['a Request', (headers) => [new Request(URL_, post(JSON.stringify(chat), { headers }))]],
  ])('make a call a child and never reach the wire, in %s', async (_name, request) => {
    const { tracer, records, calls } = setup({ context: 'off' })
    const span = tracer.startSpan('parent')
    const [input, init] = request({ ...span.headers(), accept: 'x' })
    await (await tracer.fetch(input, init)).text()
    const [call] = calls
    const sent =
      call?.input instanceof Request ? call.input.headers : new Headers(call?.init?.headers)
    expect([...sent.keys()]).not.toContain('x-carrot-parent')
    expect(sent.get('accept')).toBe('x')
    expect(records).toMatchObject([{ trace: { traceId: span.traceId, parentSpanId: span.spanId } }])
  })
})

describe('wrap', () => {
  it('copies a client of its own class and leaves the client alone', async () => {
    const { tracer, records, calls } = setup()
    const client = new OpenAI({ apiKey: 'k', fetch: async () => Response.json(reply) })
    const wrapped = tracer.wrap(client, { tags: ['production'], metadata: { team: 'a' } })
    expectTypeOf(wrapped).toEqualTypeOf<OpenAI>()
    expect([wrapped instanceof OpenAI, wrapped === client]).toEqual([true, false])
    await wrapped.chat.completions.create({ model: 'gpt-4o', messages: [] })
    await client.chat.completions.create({ model: 'gpt-4o', messages: [] })
    expect(records).toMatchObject([{ tags: ['production'], metadata: { team: 'a' } }])
    expect(calls).toEqual([]) // its own fetch was used, not the tracer's
  })

  it('records a call once, however often it is wrapped', async () => {
    const { tracer, records } = setup()
    const span = tracer.startSpan('parent')
    const twice = span.wrap(
      tracer.wrap(new OpenAI({ apiKey: 'k', fetch: async () => Response.json(reply) })),
    )
    await twice.chat.completions.create({ model: 'gpt-4o', messages: [] })
    expect(records).toMatchObject([{ trace: { parentSpanId: span.spanId } }])
  })

  it('wraps a fetch, with its own properties', async () => {
    const { tracer, records } = setup()
    const native = Object.assign(async () => Response.json(reply), { preconnect: () => 'yes' })
    const wrapped = tracer.wrapFetch(native)
    expect(wrapped.preconnect()).toBe('yes')
    await tracer.wrap(globalThis.fetch)('data:,')
    expect(records).toEqual([])
  })

  it('says what to do with a client that it cannot wrap', () => {
    const { tracer } = setup()
    class Strange {
      chat = {}
    }
    expect(() => tracer.wrap(new Strange())).toThrow(
      expect.objectContaining({
        code: 'cannot_wrap',
        message:
          'wrap() cannot give Strange another fetch: make it with one, new Strange({ fetch: carrot.fetch }).',
      }),
    )
  })
})
