import { createGateway, embed, generateText, streamText } from 'ai'
import { createTracer, memory } from 'carrot-trace'
import { describe, expect, it } from 'vitest'
import { replay } from '../../support/replay.ts'

const encode = (body: object) => new TextEncoder().encode(JSON.stringify(body))
const GATEWAY = 'https://gateway.ai.cloudflare.com/v1/a1/my-gateway'
const messages = [{ role: 'user', content: 'Hi' }]
const chat = {
  id: 'c1',
  model: 'gpt-4o-2024-11-20',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 },
}
const claude = {
  type: 'message',
  model: 'claude-sonnet-4-5-20250929',
  content: [{ type: 'text', text: 'Moin' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 7, output_tokens: 2 },
}
const events = (...all: (object | string)[]) =>
  new TextEncoder().encode(
    all.map((one) => `data: ${typeof one === 'string' ? one : JSON.stringify(one)}\n\n`).join(''),
  )

const universal = [
  {
    provider: 'openai',
    endpoint: 'chat/completions',
    headers: {
      Authorization: 'hidden-1',
      'Content-Type': 'application/json',
      'x-team': 'hidden-2',
    },
    query: { model: 'gpt-4o', stream: true, messages },
  },
  {
    provider: 'anthropic',
    endpoint: 'v1/messages',
    headers: { 'x-api-key': 'hidden-3', 'anthropic-version': '2023-06-01' },
    query: { model: 'claude-sonnet-4-5', max_tokens: 9, messages },
  },
  {
    provider: 'google-ai-studio',
    endpoint: 'v1beta/models/gemini-3-flash:generateContent',
    headers: { 'x-goog-api-key': 'hidden-4' },
    query: { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] },
  },
  {
    provider: 'workers-ai',
    endpoint: '@cf/meta/llama-3.1-8b-instruct',
    headers: { Authorization: 'hidden-5' },
    query: { messages },
  },
  {
    provider: 'elevenlabs',
    endpoint: 'v1/text-to-speech/voice',
    headers: { 'xi-api-key': 'hidden-6' },
    query: { text: 'Hi' },
  },
]

describe('the universal endpoint', () => {
  it.each([
    {
      step: 0,
      reply: chat,
      name: 'chat gpt-4o',
      content: 'Hello',
      provider: 'openai',
      format: 'openai.chat',
      input: 9,
    },
    {
      step: 1,
      reply: claude,
      name: 'chat claude-sonnet-4-5',
      content: 'Moin',
      provider: 'anthropic',
      format: 'anthropic.messages',
      input: 7,
    },
    {
      step: 2,
      reply: {
        candidates: [{ content: { parts: [{ text: 'Hej' }] }, finishReason: 'STOP' }],
        usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 1, totalTokenCount: 6 },
      },
      name: 'generate_content gemini-3-flash',
      content: 'Hej',
      provider: 'gcp.gemini',
      format: 'google.generate_content',
      input: 5,
    },
    {
      step: 3,
      reply: { result: { response: 'Hallo', usage: chat.usage }, success: true },
      name: 'chat @cf/meta/llama-3.1-8b-instruct',
      content: 'Hallo',
      provider: 'cloudflare.workers_ai',
      format: 'workersai.run',
      input: 9,
    },
  ])('is read as the step that was answered: $provider', async (expected) => {
    const { step, reply, name, content, provider, format, input } = expected
    const { record } = await replay({
      url: GATEWAY,
      request: universal,
      reply: encode(reply),
      type: 'application/json',
      headers: { 'cf-aig-step': String(step), 'cf-aig-log-id': '01JX', 'cf-aig-event-id': 'e' },
    })
    expect(record).toMatchObject({
      status: 'success',
      name,
      output: { content },
      call: {
        provider,
        format,
        ended: 'complete',
        via: { gateway: 'cloudflare', upstream: universal[step]?.provider, logId: '01JX', step },
        usage: { source: 'provider', final: true, input },
      },
    })
  })

  it('is read where it is streamed', async () => {
    const { record } = await replay({
      url: `${GATEWAY}/`,
      request: universal,
      reply: events(
        { choices: [{ delta: { content: 'Hel' } }] },
        { choices: [{ delta: { content: 'lo' }, finish_reason: 'stop' }] },
        '[DONE]',
      ),
      type: 'text/event-stream',
    })
    expect(record).toMatchObject({
      output: { content: 'Hello' },
      call: { ended: 'complete', request: { stream: true }, stream: { events: 2 } },
    })
  })

  it('is told of with status and time where the one that was answered is of no known form', async () => {
    const { record } = await replay({
      url: GATEWAY,
      request: universal,
      reply: encode({ audio: 'x' }),
      type: 'application/json',
      headers: { 'cf-aig-step': '4' },
    })
    expect(record.call).toMatchObject({
      provider: 'elevenlabs',
      ended: 'complete',
      request: { params: {} },
      response: { choices: [] },
      usage: { source: 'absent' },
    })
  })

  it('keeps no header of those that it carries, but harmless ones', async () => {
    const { record } = await replay({
      url: GATEWAY,
      request: universal,
      reply: encode(chat),
      type: 'application/json',
    })
    expect(JSON.stringify(record)).not.toContain('hidden-')
    expect(record.input).toEqual(
      universal.map(({ headers, ...rest }) => ({
        ...rest,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [
            name,
            /version|content-type/i.test(name) ? value : '[redacted]',
          ]),
        ),
      })),
    )
  })

  it('may be one object', async () => {
    const { record } = await replay({
      url: GATEWAY,
      request: universal[1] ?? {},
      reply: encode(claude),
      type: 'application/json',
    })
    expect(record).toMatchObject({ output: { content: 'Moin' }, call: { provider: 'anthropic' } })
  })
})

describe('a gateway', () => {
  it.each([
    [`${GATEWAY}/openai/chat/completions`, { upstream: 'openai' }],
    ['https://ai.acme.test/v1/chat/completions', {}],
  ])('says that it answered by itself, at %s', async (url, upstream) => {
    const { record } = await replay({
      url,
      request: { model: 'gpt-4o', messages },
      reply: encode(chat),
      type: 'application/json',
      headers: { 'cf-aig-cache-status': 'HIT', 'cf-aig-log-id': '01JX', 'cf-ray': 'r1' },
    })
    expect(record.call).toMatchObject({
      provider: 'openai',
      via: { gateway: 'cloudflare', ...upstream, cache: 'hit', logId: '01JX' },
      http: { requestId: 'r1' },
      usage: { input: 9 },
    })
  })

  it('is none where nothing says so', async () => {
    const { record } = await replay({
      url: 'https://api.openai.com/v1/chat/completions',
      request: { model: 'gpt-4o', messages },
      reply: encode(chat),
      type: 'application/json',
    })
    expect(record.call).not.toHaveProperty('via')
  })

  it.each<[body: object, status: number, error: object]>([
    [
      { success: false, result: [], error: [{ code: 2003, message: 'Rate limited' }] },
      429,
      { type: '2003', code: '2003', message: 'Rate limited', status: 429, phase: 'http' },
    ],
    [
      { success: false, result: null, errors: [{ code: 5007, message: 'No such model' }] },
      400,
      { type: '5007', code: '5007', message: 'No such model', status: 400, phase: 'http' },
    ],
    [
      { success: false, result: null, errors: [{ code: 3040, message: 'No capacity' }] },
      200,
      { type: '3040', code: '3040', message: 'No capacity', phase: 'stream' },
    ],
  ])('tells of a failure: %j', async (body, status, error) => {
    const { record } = await replay({
      url: 'https://api.cloudflare.com/client/v4/accounts/a1/ai/run/@cf/meta/llama',
      request: { messages },
      reply: encode(body),
      type: 'application/json',
      status,
    })
    expect(record.error).toEqual(error)
  })
})

describe('a prediction of replicate', () => {
  it.each<[body: object, status: number, error: object]>([
    [
      { id: 'p1', status: 'failed', output: null, error: 'CUDA out of memory' },
      201,
      { type: 'failed', message: 'CUDA out of memory', phase: 'stream' },
    ],
    [
      { title: 'Invalid input', detail: 'prompt is required', status: 422 },
      422,
      { type: '422', message: 'prompt is required', status: 422, phase: 'http' },
    ],
  ])('tells of a failure: %j', async (body, status, error) => {
    const { record } = await replay({
      url: 'https://api.replicate.com/v1/predictions',
      request: { version: 'v', input: {} },
      reply: encode(body),
      type: 'application/json',
      status,
    })
    expect(record).toMatchObject({ status: 'error', error })
  })
})

describe('workers ai', () => {
  it.each([
    ['image/png', { type: 'image', format: 'image/png', bytes: 5 }],
    ['audio/mpeg', { type: 'audio', format: 'audio/mpeg', bytes: 5 }],
  ])('answers with %s itself, of which the size is kept', async (type, block) => {
    const { record, seen } = await replay({
      url: 'https://api.cloudflare.com/client/v4/accounts/a1/ai/run/@cf/leonardo/lucid-origin',
      request: { prompt: 'An otter' },
      reply: new Uint8Array([1, 2, 3, 4, 5]),
      type,
    })
    expect(record).toMatchObject({ status: 'success', output: { blocks: [block] } })
    expect(seen).toHaveLength(5)
  })

  it('has counts that are not final where its stream is cut before their sum', async () => {
    const { record } = await replay({
      url: 'https://api.cloudflare.com/client/v4/accounts/a1/ai/run/@cf/openai/gpt-oss-120b',
      request: { messages, stream: true },
      reply: events({
        choices: [{ delta: { content: 'He' } }],
        usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 },
      }),
      type: 'text/event-stream',
    })
    expect(record.call).toMatchObject({ ended: 'truncated', usage: { final: false, output: 1 } })
  })
})

describe('the AI SDK through Vercel’s gateway', () => {
  const finish = {
    finishReason: { unified: 'stop', raw: 'end_turn' },
    usage: {
      inputTokens: { total: 9, noCache: 9, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: 4, text: 4, reasoning: 0 },
    },
  }
  const gateway = (answer: () => Response) => {
    const recorded = memory()
    const { fetch } = createTracer({ exporters: [recorded], fetch: async () => answer() })
    return { recorded, provider: createGateway({ apiKey: 'k', fetch }) }
  }
  const counted = { input: 9, output: 4, total: 13, cacheRead: 0, cacheWrite: 0, reasoning: 0 }

  it('is recorded as the SDK reads it, whole', async () => {
    const content = [{ type: 'text', text: 'Hello' }]
    const { recorded, provider } = gateway(() =>
      Response.json({ content, ...finish, warnings: [] }),
    )
    const { text, usage } = await generateText({
      model: provider('anthropic/claude-sonnet-4.5'),
      prompt: 'Hi',
      maxOutputTokens: 9,
    })
    expect([text, usage.inputTokens, usage.outputTokens]).toEqual(['Hello', 9, 4])
    expect(recorded.records).toMatchObject([
      {
        name: 'chat anthropic/claude-sonnet-4.5',
        output: { content: 'Hello' },
        call: {
          provider: 'vercel_ai_gateway',
          format: 'vercel.language_model',
          request: { stream: false, params: { maxTokens: 9 } },
          usage: counted,
        },
      },
    ])
  })

  it('is recorded as the SDK reads it, streamed', async () => {
    const body = events(
      { type: 'stream-start', warnings: [] },
      { type: 'text-start', id: '0' },
      { type: 'text-delta', id: '0', delta: 'Hel' },
      { type: 'text-delta', id: '0', delta: 'lo' },
      { type: 'text-end', id: '0' },
      { type: 'finish', ...finish },
    )
    const headers = { 'content-type': 'text/event-stream' }
    const { recorded, provider } = gateway(() => new Response(body, { headers }))
    const { text } = streamText({ model: provider('anthropic/claude-sonnet-4.5'), prompt: 'Hi' })
    expect(await text).toBe('Hello')
    expect(recorded.records.at(-1)).toMatchObject({
      output: { content: 'Hello' },
      call: {
        ended: 'complete',
        request: { model: 'anthropic/claude-sonnet-4.5', stream: true },
        usage: counted,
      },
    })
  })

  it('has the gateway’s own id where the model gives none', async () => {
    const content = [{ type: 'text', text: 'Hello' }]
    const providerMetadata = { gateway: { generationId: 'gen_1' } }
    const { recorded, provider } = gateway(() =>
      Response.json({ content, ...finish, warnings: [], providerMetadata }),
    )
    await generateText({ model: provider('openai/gpt-4o'), prompt: 'Hi' })
    expect(recorded.records[0]?.call?.response.id).toBe('gen_1')
  })

  it('says nothing where its stream fails before it begins', async () => {
    const { record } = await replay({
      url: 'https://ai-gateway.vercel.sh/v4/ai/language-model',
      request: { prompt: [] },
      reply: events(
        { type: 'stream-start', warnings: [] },
        { type: 'error', error: { type: 'overloaded', message: 'Overloaded' } },
      ),
      type: 'text/event-stream',
    })
    expect(record).toMatchObject({
      status: 'error',
      error: { type: 'overloaded', message: 'Overloaded', phase: 'stream' },
      call: { response: { choices: [] } },
    })
    expect(record).not.toHaveProperty('output')
  })

  it('is recorded where it embeds', async () => {
    const { recorded, provider } = gateway(() =>
      Response.json({ embeddings: [[0.5, 0.25]], usage: { tokens: 3 } }),
    )
    await embed({ model: provider.embeddingModel('openai/text-embedding-3-small'), value: 'Hi' })
    expect(recorded.records).toMatchObject([
      {
        name: 'embeddings openai/text-embedding-3-small',
        call: { response: { outputCount: 1, dimensions: 2 }, usage: { input: 3 } },
      },
    ])
  })
})
