import { describe, expect, it } from 'vitest'
import { createTracer, memory, type Json } from 'carrot-trace'
import { cohereChat } from '../../../src/lib/formats/cohere-chat.ts'
import { cohereEmbed } from '../../../src/lib/formats/cohere-embed.ts'
import { cohereRerank } from '../../../src/lib/formats/cohere-rerank.ts'
import { mistralConversations } from '../../../src/lib/formats/mistral-conversations.ts'
import { mistralFim } from '../../../src/lib/formats/mistral-fim.ts'
import { ollamaChat } from '../../../src/lib/formats/ollama-chat.ts'
import { ollamaEmbed } from '../../../src/lib/formats/ollama-embed.ts'
import { ollamaGenerate } from '../../../src/lib/formats/ollama-generate.ts'
import { replay } from '../../support/replay.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const said = [{ role: 'user', content: 'Hi' }]

const OLLAMA = 'http://localhost:11434/api/chat'
const COHERE = 'https://api.cohere.com/v2/chat'
const MISTRAL = 'https://api.mistral.ai/v1/conversations'
const NDJSON = 'application/x-ndjson'
const SSE = 'text/event-stream'

describe('a stream that began well and went wrong', () => {
  it.each([
    {
      of: 'ollama',
      url: OLLAMA,
      type: NDJSON,
      reply: '{"message":{"content":"He"},"done":false}\n{"error":"llama runner exited"}\n',
      error: { type: '_OTHER', message: 'llama runner exited', phase: 'stream' },
    },
    {
      of: 'cohere, at its end',
      url: COHERE,
      type: SSE,
      reply:
        'data: {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"He"}}}}\n\n' +
        'data: {"type":"message-end","delta":{"finish_reason":"ERROR","error":"out of memory"}}\n\n',
      error: { type: '_OTHER', message: 'out of memory', phase: 'stream' },
    },
    {
      of: 'cohere, without a word',
      url: COHERE,
      type: SSE,
      reply:
        'data: {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"He"}}}}\n\n' +
        'data: {"type":"message-end","delta":{"finish_reason":"TIMEOUT"}}\n\n',
      error: { type: 'TIMEOUT', phase: 'stream' },
    },
    {
      of: 'cohere, by an event of its own',
      url: COHERE,
      type: SSE,
      reply:
        'data: {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"He"}}}}\n\n' +
        'event: error\ndata: {"id":"1","message":"Overloaded."}\n\n',
      error: { type: '_OTHER', message: 'Overloaded.', phase: 'stream' },
    },
    {
      of: 'mistral',
      url: MISTRAL,
      type: SSE,
      reply:
        'data: {"type":"message.output.delta","output_index":0,"content_index":0,"content":"He"}\n\n' +
        'data: {"type":"conversation.response.error","message":"Overloaded.","code":3505}\n\n',
      error: {
        type: 'conversation.response.error',
        code: '3505',
        message: 'Overloaded.',
        phase: 'stream',
      },
    },
  ])('is an error with what had come: $of', async ({ url, type, reply, error }) => {
    const request = { model: 'm', messages: said, inputs: 'Hi', stream: true }
    const { record } = await replay({ url, request, reply: encode(reply), type })
    expect(record).toMatchObject({
      status: 'error',
      output: { content: 'He' },
      call: { ended: 'error' },
    })
    expect(record.error).toEqual(error)
  })
})

describe('a stream of lines', () => {
  it('counts its lines, and those that are no JSON', async () => {
    const reply = encode('{"message":{"content":"He"}}\n<html>\n{"done":true,"done_reason":"stop"}')
    const request = { model: 'qwen3', messages: said }
    const { record, seen } = await replay({ url: OLLAMA, request, reply, type: NDJSON })
    expect(record).toMatchObject({
      status: 'success',
      output: { content: 'He' },
      call: {
        ended: 'complete',
        request: { stream: true },
        stream: { events: 2, undecodable: 1, bytes: reply.length },
      },
    })
    expect(seen).toEqual(reply)
  })

  it.each([
    { last: '{"done":true,"done_reason":"stop"}', status: 'success', ended: 'complete' },
    { last: '{"error":"llama runner exited"}', status: 'error', ended: 'error' },
  ])('is over with $last, for clients that read no further and let nothing go', async (end) => {
    const exporter = memory()
    const lines = ['{"message":{"content":"He"}}\n', `${end.last}\n`]
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => lines.forEach((line) => controller.enqueue(encode(line))),
    })
    const tracer = createTracer({
      exporters: [exporter],
      fetch: async () => new Response(body, { headers: { 'content-type': NDJSON } }),
    })
    const request = { method: 'POST', body: JSON.stringify({ model: 'qwen3', messages: said }) }
    const reader = (await tracer.fetch(OLLAMA, request)).body?.getReader()
    await reader?.read()
    expect(exporter.records).toEqual([])
    await reader?.read()
    expect(exporter.records).toMatchObject([
      { status: end.status, output: { content: 'He' }, call: { ended: end.ended } },
    ])
  })

  it('is an error of HTTP where it never begins', async () => {
    const { record } = await replay({
      url: OLLAMA,
      request: { model: 'qwen9', messages: said },
      reply: encode(`{"error":"model 'qwen9' not found"}`),
      type: 'application/json; charset=utf-8',
      status: 404,
    })
    expect(record.error).toEqual({
      type: '404',
      message: "model 'qwen9' not found",
      status: 404,
      phase: 'http',
    })
    expect(record.call).not.toHaveProperty('stream')
  })
})

describe('a request', () => {
  it.each([
    {
      url: OLLAMA,
      request: {
        model: 'qwen3',
        messages: said,
        think: 'high',
        format: { type: 'object' },
        options: {
          num_predict: 9,
          temperature: 0,
          top_p: 0.5,
          top_k: 7,
          seed: 3,
          stop: ['END'],
          frequency_penalty: 1,
          presence_penalty: 2,
          num_ctx: 4096,
        },
      },
      reads: {
        model: 'qwen3',
        stream: true,
        params: {
          maxTokens: 9,
          temperature: 0,
          topP: 0.5,
          topK: 7,
          seed: 3,
          frequencyPenalty: 1,
          presencePenalty: 2,
          stop: ['END'],
          reasoningLevel: 'high',
          outputType: 'json',
        },
      },
    },
    {
      url: 'http://localhost:11434/api/generate',
      request: { model: 'qwen3', prompt: 'Once', stream: false, think: true, format: '' },
      reads: { model: 'qwen3', stream: false, params: {} },
    },
    {
      url: COHERE,
      request: {
        model: 'command-a',
        messages: said,
        max_tokens: 9,
        temperature: 0,
        p: 0.5,
        k: 7,
        seed: 3,
        stop_sequences: ['END'],
        frequency_penalty: 1,
        presence_penalty: 2,
        thinking: { type: 'enabled', token_budget: 500 },
        response_format: { type: 'json_object' },
      },
      reads: {
        model: 'command-a',
        stream: false,
        params: {
          maxTokens: 9,
          temperature: 0,
          topP: 0.5,
          topK: 7,
          seed: 3,
          frequencyPenalty: 1,
          presencePenalty: 2,
          stop: ['END'],
          reasoningBudget: 500,
          outputType: 'json',
        },
      },
    },
    {
      url: MISTRAL,
      request: {
        model: 'mistral-medium',
        inputs: 'Hi',
        stream: true,
        completion_args: { max_tokens: 9, random_seed: 3, stop: 'END' },
      },
      reads: {
        model: 'mistral-medium',
        stream: true,
        params: { maxTokens: 9, seed: 3, stop: ['END'] },
      },
    },
  ])('is read with its parameters: $url', async ({ url, request, reads }) => {
    const { record } = await replay({ url, request, reply: encode('{}'), type: 'application/json' })
    expect(record.call?.request).toEqual(reads)
  })

  it('is told by its body where formats share an address, also when that is seen later', async () => {
    const exporter = memory()
    const tracer = createTracer({
      exporters: [exporter],
      fetch: async (_input, init) => {
        await new Response(init?.body).text() // as an API has to before it can answer
        return Response.json({ embedding: [1, 2], data: [{ embedding: [1, 2, 3] }] })
      },
    })
    const bodies = [
      { model: 'm', prompt: 'a' },
      { model: 'm', input: 'a' },
    ]
    for (const body of bodies) {
      const blob = new Blob([JSON.stringify(body)])
      const url = 'http://localhost:11434/api/embeddings'
      await (await tracer.fetch(url, { method: 'POST', body: blob })).text()
    }
    expect(exporter.records.map(({ call }) => [call?.format, call?.response.dimensions])).toEqual([
      ['ollama.embed', 2],
      ['openai.embeddings', 3],
    ])
  })

  it.each<[format: { name: string; accepts(body: Json): boolean }, body: Json]>([
    [ollamaChat, { messages: said }],
    [ollamaChat, { model: 'gpt-4o', messages: [{ role: 'user', parts: [{ text: 'Hi' }] }] }],
    [ollamaChat, { model: 'gpt-4o', messages: [{ role: 'user', content: [{ text: 'Hi' }] }] }],
    [ollamaChat, { model: 'support', messages: ['Hi'] }],
    [ollamaGenerate, { prompt: 'A logo' }],
    [ollamaGenerate, { model: 'report', prompt: { title: 'Q3' } }],
    [ollamaEmbed, { model: 'player', url: 'https://video.test/1' }],
    [ollamaEmbed, { input: 'a' }],
    [cohereChat, { model: 'command-a', message: 'Hi', chat_history: [] }], // the first version's
    [cohereEmbed, { model: 'player', url: 'https://video.test/1' }],
    [cohereRerank, { query: 'Which?', documents: ['a'] }],
    [cohereRerank, { model: 'm', query: 'Which?' }],
    [mistralFim, { prompt: 'def f(' }],
    [mistralConversations, { items: [{ type: 'message', role: 'user', content: 'Hi' }] }], // OpenAI's
    [mistralConversations, {}],
  ])('is none of $name, though its address is: %j', ({ accepts }, body) => {
    expect(accepts(body)).toBe(false)
  })
})
