/**
 * Answers that go wrong, and those that are neither JSON nor a stream of it: they come in one way only.
 *
 * @module
 */

import { chunk, event, joined, named } from '../../../support/amazon.ts'

export interface Single {
  name: string
  url: string
  request: object
  answer: Uint8Array<ArrayBuffer>
  type: string
  status?: number
  headers?: Record<string, string>
  record: object
}

const SSE = 'text/event-stream'
const JSON_TYPE = 'application/json'
const AMAZON = 'application/vnd.amazon.eventstream'

const bytes = (text: string) => new TextEncoder().encode(text)
const json = (value: object) => bytes(JSON.stringify(value))
const events = (...all: (object | string)[]) =>
  bytes(
    all.map((one) => `data: ${typeof one === 'string' ? one : JSON.stringify(one)}\n\n`).join(''),
  )

const messages = [{ role: 'user', content: 'Hi' }]
const chat = {
  url: 'https://api.openai.com/v1/chat/completions',
  request: { model: 'gpt-4o', stream: true, messages },
}
const said = (content: string) => ({ choices: [{ index: 0, delta: { content } }] })
const called = {
  choices: [
    {
      index: 0,
      delta: { tool_calls: [{ index: 0, id: 'c1', function: { name: 'f', arguments: '{"a' } }] },
    },
  ],
}
const failed = { error: { message: 'Overloaded', type: 'server_error', code: 'overloaded' } }
const failure = { type: 'server_error', code: 'overloaded', message: 'Overloaded' }
const absent = { source: 'absent', input: null, output: null, total: null }

const claude = {
  url: 'https://api.anthropic.com/v1/messages',
  request: { model: 'claude-sonnet-4-6', max_tokens: 9, stream: true, messages },
}
const begun = {
  type: 'message_start',
  message: { id: 'm', content: [], usage: { input_tokens: 9, output_tokens: 1 } },
}
const overloaded = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }

const gemini = 'https://generativelanguage.googleapis.com/v1/models/gemini-3-flash'
const contents = { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] }
const spoken = {
  candidates: [{ content: { parts: [{ text: 'He' }] } }],
  usageMetadata: { promptTokenCount: 7 },
}
const exhausted = { error: { code: 429, message: 'No more', status: 'RESOURCE_EXHAUSTED' } }
const refused = {
  status: 'error',
  output: { content: 'He' },
  error: { type: 'RESOURCE_EXHAUSTED', code: '429', message: 'No more', phase: 'stream' },
  call: { ended: 'error', usage: { input: 7, final: false } },
}

const bedrock = {
  url: 'https://bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-lite-v1:0/converse-stream',
  request: { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] },
  type: AMAZON,
}
const text = (words: string) =>
  named({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: words } } })
const last = joined([
  named({ messageStop: { stopReason: 'end_turn' } }),
  named({ metadata: { usage: { inputTokens: 9, outputTokens: 4, totalTokens: 13 } } }),
])
const damaged = text('lost').map((byte, at) => (at === 60 ? byte ^ 1 : byte))

const gateway = 'https://gateway.ai.cloudflare.com/v1/a1/my-gateway'
const reply = {
  id: 'c1',
  model: 'gpt-4o-2024-11-20',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 },
}

const http = (status: number, answer: Uint8Array<ArrayBuffer>, type: string, error: object) => ({
  ...chat,
  name: `http ${status}, ${type.replace(/.*\//, '') || 'nothing'}`,
  answer,
  type,
  status,
  record: {
    status: 'error',
    error: { status, phase: 'http', ...error },
    call: { ended: 'error', usage: absent },
  },
})

export const singles: readonly Single[] = [
  {
    ...chat,
    name: 'a stream whose only event is an error',
    answer: events(failed),
    type: SSE,
    record: { status: 'error', error: { ...failure, phase: 'stream' }, call: { usage: absent } },
  },
  {
    ...chat,
    name: 'a stream that fails after text and half a tool call',
    answer: events(said('He'), called, failed),
    type: SSE,
    record: {
      status: 'error',
      output: { content: 'He', tool_calls: [{ function: { name: 'f', arguments: '{"a' } }] },
      error: { ...failure, phase: 'stream' },
      call: { ended: 'error' },
    },
  },
  {
    ...chat,
    name: 'a stream that is cut between two events',
    answer: events(said('He'), said('llo')),
    type: SSE,
    record: {
      status: 'error',
      output: { content: 'Hello' },
      error: { type: 'truncated' },
      call: { ended: 'truncated', usage: absent },
    },
  },
  {
    ...chat,
    name: 'a stream that is cut within a character',
    answer: events(said('He'), said('Grü')).slice(0, -(JSON.stringify('"}}]}').length + 1)),
    type: SSE,
    record: {
      status: 'error',
      output: { content: 'He' },
      error: { type: 'truncated' },
      call: { ended: 'truncated' },
    },
  },
  {
    ...chat,
    name: 'a stream that says its end, and an error after it',
    url: 'https://openrouter.ai/api/v1/chat/completions',
    answer: events(
      { choices: [{ index: 0, delta: { content: 'He' }, finish_reason: 'stop' }] },
      '[DONE]',
      failed,
    ),
    type: SSE,
    record: {
      status: 'error',
      output: { content: 'He' },
      error: failure,
      call: { ended: 'error' },
    },
  },
  http(401, json({ error: { message: 'No', type: 'auth', code: null } }), JSON_TYPE, {
    type: 'auth',
    message: 'No',
  }),
  http(404, bytes('<h1>Not found</h1>'), 'text/html', { type: '404' }),
  http(429, json(failed), JSON_TYPE, failure),
  http(500, bytes(''), '', { type: '500' }),
  {
    name: 'a stream of a response that is cut',
    url: 'https://api.openai.com/v1/responses',
    request: { model: 'gpt-5', stream: true, input: 'Hi' },
    answer: events(
      { type: 'response.created', response: { id: 'r1', status: 'in_progress', model: 'gpt-5' } },
      { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'He' },
    ),
    type: SSE,
    record: {
      status: 'error',
      output: { content: 'He' },
      call: { ended: 'truncated', response: { id: 'r1', model: 'gpt-5' }, usage: absent },
    },
  },
  {
    name: 'a transcription as text',
    url: 'https://api.openai.com/v1/audio/transcriptions',
    request: { model: 'whisper-1', file: { name: 'a.wav', type: 'audio/wav', size: 3 } },
    answer: bytes('Grüße 👋'),
    type: 'text/plain; charset=utf-8',
    record: { status: 'success', output: { content: 'Grüße 👋' }, call: { usage: absent } },
  },
  {
    name: 'speech in bytes',
    url: 'https://api.openai.com/v1/audio/speech',
    request: { model: 'tts-1', input: 'Hi', voice: 'alloy' },
    answer: Uint8Array.from({ length: 999 }, (_, index) => index % 251),
    type: 'audio/mpeg',
    record: {
      status: 'success',
      output: { blocks: [{ type: 'audio', format: 'audio/mpeg', bytes: 999 }] },
    },
  },
  {
    name: 'speech as events',
    url: 'https://api.openai.com/v1/audio/speech',
    request: { model: 'gpt-4o-mini-tts', input: 'Hi', voice: 'alloy', stream_format: 'sse' },
    answer: events(
      { type: 'speech.audio.delta', audio: 'AAAA' },
      { type: 'speech.audio.delta', audio: 'AAAAAAAA' },
      {
        type: 'speech.audio.done',
        usage: { input_tokens: 2, output_tokens: 30, total_tokens: 32 },
      },
    ),
    type: SSE,
    record: {
      status: 'success',
      output: { blocks: [{ type: 'audio', bytes: 9 }] },
      call: { usage: { source: 'provider', final: true, input: 2, output: 30, total: 32 } },
    },
  },
  {
    ...claude,
    name: 'a stream that fails before it begins',
    answer: events(overloaded),
    type: SSE,
    record: { status: 'error', error: { type: 'overloaded_error' }, call: { usage: absent } },
  },
  {
    ...claude,
    name: 'a stream that fails after it began, counted once',
    answer: events(begun, { type: 'ping' }, overloaded),
    type: SSE,
    record: {
      status: 'error',
      error: { type: 'overloaded_error' },
      call: { ended: 'error', usage: { source: 'provider', final: false, input: 9, output: 1 } },
    },
  },
  {
    name: 'an error within events',
    url: `${gemini}:streamGenerateContent?alt=sse`,
    request: contents,
    answer: events(spoken, exhausted),
    type: SSE,
    record: refused,
  },
  {
    name: 'an error within an array',
    url: `${gemini}:streamGenerateContent`,
    request: contents,
    answer: bytes(`[${JSON.stringify(spoken, null, 2)}\n,\r\n${JSON.stringify(exhausted)}]`),
    type: JSON_TYPE,
    record: refused,
  },
  {
    name: 'the second of two hops, with the result of a function',
    url: 'https://generativelanguage.googleapis.com/v1beta/interactions',
    request: {
      model: 'gemini-3-flash',
      previous_interaction_id: 'i1',
      input: [{ type: 'function_result', call_id: 'f1', result: 'Sunny' }],
    },
    answer: json({
      id: 'i2',
      model: 'gemini-3-flash',
      status: 'completed',
      steps: [{ type: 'model_output', content: [{ type: 'text', text: 'Sunny.' }] }],
      usage: { total_input_tokens: 9, total_output_tokens: 2, total_tokens: 11 },
    }),
    type: JSON_TYPE,
    record: {
      status: 'success',
      output: { content: 'Sunny.' },
      call: { response: { id: 'i2' }, usage: { input: 9, output: 2, total: 11 } },
    },
  },
  {
    ...bedrock,
    name: 'a stream with a message that is damaged',
    answer: joined([text('Hel'), damaged, text('lo'), last]),
    record: {
      status: 'success',
      output: { content: 'Hello' },
      call: { ended: 'complete', stream: { undecodable: 1 }, usage: { input: 9, output: 4 } },
    },
  },
  {
    ...bedrock,
    name: 'a stream that is cut within a message',
    answer: joined([text('Hel'), text('lo').slice(0, -9)]),
    record: {
      status: 'error',
      output: { content: 'Hel' },
      call: { ended: 'truncated', usage: absent },
    },
  },
  {
    name: 'an exception in the stream of a model',
    url: 'https://bedrock-runtime.us-east-1.amazonaws.com/model/meta.llama3/invoke-with-response-stream',
    request: { prompt: 'Hi' },
    answer: joined([chunk({ generation: 'He' }), event('chunk', { bytes: '!' })]),
    type: AMAZON,
    record: {
      status: 'error',
      output: { content: 'He' },
      call: { ended: 'truncated', stream: { undecodable: 1 } },
    },
  },
  {
    name: 'a picture in bytes',
    url: 'https://api.cloudflare.com/client/v4/accounts/a/ai/run/@cf/stabilityai/stable-diffusion-xl-base-1.0',
    request: { prompt: 'An otter' },
    answer: Uint8Array.from({ length: 500 }, (_, index) => index % 256),
    type: 'image/png',
    record: {
      status: 'success',
      output: { blocks: [{ type: 'image', format: 'image/png', bytes: 500 }] },
      call: { operation: 'image_generation' },
    },
  },
  {
    name: 'the second of two requests, which was answered',
    url: gateway,
    request: [
      { provider: 'anthropic', endpoint: 'v1/messages', headers: {}, query: claude.request },
      {
        provider: 'openai',
        endpoint: 'chat/completions',
        headers: {},
        query: { model: 'gpt-4o', messages },
      },
    ],
    answer: json(reply),
    type: JSON_TYPE,
    headers: { 'cf-aig-step': '1', 'cf-aig-log-id': 'log-1' },
    record: {
      status: 'success',
      output: { content: 'Hello' },
      call: {
        provider: 'openai',
        format: 'openai.chat',
        via: { gateway: 'cloudflare', step: 1, logId: 'log-1' },
        usage: { input: 9, output: 4, total: 13 },
      },
    },
  },
  {
    name: 'an answer from the gateway’s cache',
    url: `${gateway}/openai/chat/completions`,
    request: { model: 'gpt-4o', messages },
    answer: json(reply),
    type: JSON_TYPE,
    headers: { 'cf-aig-cache-status': 'HIT' },
    record: { status: 'success', call: { provider: 'openai', via: { cache: 'hit' } } },
  },
  {
    name: 'the gateway refuses',
    url: `${gateway}/openai/chat/completions`,
    request: { model: 'gpt-4o', messages },
    answer: json({ success: false, result: [], error: [{ code: 2003, message: 'Rate limited' }] }),
    type: JSON_TYPE,
    status: 429,
    record: {
      status: 'error',
      error: { type: '2003', message: 'Rate limited', status: 429, phase: 'http' },
    },
  },
  {
    name: 'a prediction that failed',
    url: 'https://api.replicate.com/v1/models/meta/llama/predictions',
    request: { input: { prompt: 'Hi' } },
    answer: json({ id: 'p1', model: 'meta/llama', status: 'failed', error: 'Out of memory' }),
    type: JSON_TYPE,
    status: 201,
    record: {
      status: 'error',
      error: { message: 'Out of memory' },
      call: { ended: 'error', response: { choices: [{ finishReason: 'error' }] } },
    },
  },
]
