import { createTracer, memory } from 'carrot-trace'
import { describe, expect, it } from 'vitest'
import { chunk, event, exception, joined, named } from '../../support/amazon.ts'
import { replay } from '../../support/replay.ts'

const HOST = 'https://bedrock-runtime.us-east-1.amazonaws.com/model'
const CONVERSE = `${HOST}/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse-stream`
const INVOKE = `${HOST}/anthropic.claude-sonnet-4-5-20250929-v1:0/invoke`
const STREAM = 'application/vnd.amazon.eventstream'
const request = { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] }
const claude = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 9, messages: [] }

const said = named({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'He' } } })
const stopped = named({ messageStop: { stopReason: 'end_turn' } })

describe('a stream of bedrock', () => {
  it('is an error when an exception says so inside of what began well', async () => {
    const told = exception('throttlingException', { message: 'Too many tokens, please wait.' })
    const { record, seen } = await replay({
      url: CONVERSE,
      request,
      reply: joined([said, told]),
      type: STREAM,
      headers: { 'x-amzn-requestid': 'b2b3' },
    })
    expect(record).toMatchObject({
      status: 'error',
      output: { content: 'He' },
      error: {
        type: 'throttlingException',
        message: 'Too many tokens, please wait.',
        phase: 'stream',
      },
      call: {
        ended: 'error',
        http: { requestId: 'b2b3' },
        response: { id: 'b2b3' },
        usage: { source: 'absent', input: null },
      },
    })
    expect(seen).toEqual(joined([said, told]))
  })

  it('is read on behind a message that is damaged, which is counted', async () => {
    const damaged = said.slice()
    damaged[damaged.length - 20] = 0
    const reply = joined([damaged, said, stopped])
    const { record } = await replay({ url: CONVERSE, request, reply, type: STREAM })
    expect(record).toMatchObject({
      status: 'success',
      output: { content: 'He' },
      call: { ended: 'complete', stream: { events: 2, undecodable: 1 } },
    })
  })

  it('is truncated when it is cut off within a message', async () => {
    const reply = joined([said, stopped.slice(0, -1)])
    const { record } = await replay({ url: CONVERSE, request, reply, type: STREAM })
    expect(record).toMatchObject({ status: 'error', call: { ended: 'truncated' } })
  })

  it('has unknown counts where it is cut before it tells them', async () => {
    const reply = joined([said, stopped])
    const { record } = await replay({ url: CONVERSE, request, reply, type: STREAM })
    expect(record.call?.usage).toMatchObject({ source: 'absent', input: null, output: null })
  })

  it('of a model whose events are not read has the counts that Bedrock adds', async () => {
    const metrics = { inputTokenCount: 5, outputTokenCount: 2, cacheReadInputTokenCount: 90 }
    const reply = joined([
      chunk({ utterance: 'He' }),
      chunk({ utterance: 'llo', 'amazon-bedrock-invocationMetrics': metrics }),
    ])
    const url = `${INVOKE}-with-response-stream`
    const { record } = await replay({ url, request: { prompt: 'Hi' }, reply, type: STREAM })
    expect(record).toMatchObject({
      status: 'success',
      call: {
        ended: 'complete',
        request: { stream: true },
        usage: { final: true, input: 95, output: 2, total: 97, cacheRead: 90, raw: metrics },
      },
    })
  })

  it('passes over events of a kind that is not known', async () => {
    const reply = joined([event('somethingNew', { text: 'x' }), said, stopped])
    const { record } = await replay({ url: CONVERSE, request, reply, type: STREAM })
    expect(record).toMatchObject({ output: { content: 'He' }, call: { ended: 'complete' } })
  })
})

describe('a reply of bedrock', () => {
  const headers = {
    'x-amzn-bedrock-input-token-count': '7',
    'x-amzn-bedrock-output-token-count': '3',
    'x-amzn-bedrock-cache-read-input-token-count': '100',
    'x-amzn-bedrock-cache-write-input-token-count': '0',
  }
  const replied = (body: object) => ({
    url: INVOKE,
    request: claude,
    reply: new TextEncoder().encode(JSON.stringify(body)),
    type: 'application/json',
    headers,
  })

  it('is counted by its headers where its body tells nothing', async () => {
    const { record } = await replay(replied({ utterance: 'Hello' }))
    expect(record.call?.usage).toMatchObject({
      source: 'provider',
      final: true,
      input: 107,
      output: 3,
      total: 110,
      cacheRead: 100,
      cacheWrite: 0,
    })
  })

  it('is counted by its body before its headers', async () => {
    const usage = { input_tokens: 8, output_tokens: 4 }
    const { record } = await replay(replied({ type: 'message', content: [], usage }))
    expect(record.call?.usage).toMatchObject({ input: 8, output: 4, cacheRead: null, raw: usage })
  })

  it.each(['message', 'Message'])('names an error by its header, and its %s', async (name) => {
    const { record } = await replay({
      ...replied({ [name]: 'Malformed input request' }),
      status: 400,
      headers: { 'x-amzn-errortype': 'ValidationException:http://internal.amazon.com/' },
    })
    expect(record.error).toEqual({
      type: 'ValidationException',
      message: 'Malformed input request',
      status: 400,
      phase: 'http',
    })
  })
})

describe('a call whose body only its receiver may read', () => {
  it.each([
    [CONVERSE, { model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', stream: true }],
    [INVOKE, { model: 'anthropic.claude-sonnet-4-5-20250929-v1:0', stream: false }],
    [
      'https://generativelanguage.googleapis.com/v1/models/gemini-3-flash:streamGenerateContent',
      { model: 'gemini-3-flash', stream: true },
    ],
    [
      'https://gateway.ai.cloudflare.com/v1/a/g/workers-ai/@cf/meta/llama',
      { model: '@cf/meta/llama', stream: false },
    ],
    ['https://gateway.ai.cloudflare.com/v1/a/g', { stream: false }],
    ['https://api.cohere.com/v2/embed', { stream: false }],
  ])('is told as far as its address tells: %s', async (url, told) => {
    const exporter = memory()
    const tracer = createTracer({
      exporters: [exporter],
      fetch: async () => Response.json({}),
    })
    const body = new Response('{}').body
    await (await tracer.fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit)).text()
    expect(exporter.records[0]?.call).toMatchObject({
      request: { ...told, params: {} },
      capture: { unseen: 'a stream, which only its receiver may read' },
    })
    expect(exporter.records[0]?.call?.request).not.toHaveProperty('inputCount')
    expect(exporter.records[0]?.call?.via?.upstream).not.toBe('')
  })
})
