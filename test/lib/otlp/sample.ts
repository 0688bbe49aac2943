/**
 * A record that has every field there is: one that the record gains and this lacks does not compile.
 *
 * @module
 */

import type { SpanKind, SpanRecord } from 'carrot-trace'

type Whole<Value> = [string] extends [Value]
  ? Value
  : Value extends readonly (infer Item)[]
    ? Whole<Item>[]
    : string extends keyof Value
      ? Value
      : Value extends object
        ? {
            [Field in keyof Value]-?: Field extends 'cause'
              ? Value[Field]
              : Whole<NonNullable<Value[Field]>>
          }
        : Value

const usage = {
  source: 'provider',
  final: true,
  input: 150,
  output: 42,
  total: 192,
  cacheRead: 100,
  cacheWrite: 20,
  cacheWrite1h: 5,
  reasoning: 7,
  textInput: 120,
  imageInput: 20,
  audioInput: 10,
  textOutput: 30,
  imageOutput: 8,
  audioOutput: 4,
  seconds: 3,
  searchUnits: 1,
  pages: 2,
  raw: { prompt_tokens: 150 },
} as const

const rateLimit = { limit: 100, remaining: 99, resetMs: 1_700 }

export const sample: Whole<SpanRecord> = {
  v: 1,
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  trace: {
    traceId: '01890a5dac96774bbcceb302099a8057',
    spanId: 'bcceb302099a8057',
    parentSpanId: 'aaaaaaaaaaaaaaaa',
    sampled: true,
  },
  name: 'chat gpt-4o',
  kind: 'generation',
  status: 'error',
  seq: 3,
  startUnixMs: 1_700_000_000_000.123,
  endUnixMs: 1_700_000_001_000.457,
  input: {
    model: 'gpt-4o',
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Hi' },
          { type: 'image_url', image_url: { url: 'https://example.com/cat.png' } },
        ],
      },
      {
        role: 'assistant',
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'look', arguments: '{"q":1}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'a cat' },
    ],
    tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }],
    instructions: 'In English.',
    conversation: 'conv_1',
    previous_response_id: 'resp_0',
  },
  output: { role: 'assistant', content: 'Hello' },
  tags: ['production'],
  metadata: { team: 'support', version: 2, nested: { a: 1 } },
  userId: 'u_1042',
  sessionId: 's_77f1',
  error: {
    type: 'server_error',
    message: 'It broke.',
    code: 'E1',
    status: 500,
    phase: 'stream',
    stack: 'Error: It broke.\n    at here',
    cause: { type: 'TypeError', message: 'no' },
  },
  resource: {
    service: 'shop',
    environment: 'production',
    release: '1.2.3',
    sdk: 'carrot-trace/0.1.0',
  },
  call: {
    operation: 'chat',
    provider: 'openai',
    format: 'openai.chat',
    server: { address: 'api.openai.com', port: 8443 },
    via: { gateway: 'cloudflare', upstream: 'openai', cache: 'miss', logId: 'log_1', step: 1 },
    client: { sdk: 'openai', version: '7.57.0' },
    time: {
      startMs: 500,
      headersMs: 600,
      firstChunkMs: 650,
      firstTextMs: 655.5,
      longestStallMs: 30,
      endMs: 1_000,
    },
    http: {
      method: 'POST',
      url: 'https://api.openai.com:8443/v1/chat/completions',
      status: 200,
      requestId: 'req_1',
      attempt: 1,
      retryAfterMs: 1_000,
      rateLimit: {
        requests: rateLimit,
        tokens: rateLimit,
        inputTokens: rateLimit,
        outputTokens: rateLimit,
      },
    },
    request: {
      model: 'gpt-4o',
      stream: true,
      params: {
        maxTokens: 100,
        temperature: 1,
        topP: 1,
        topK: 40,
        seed: 7,
        frequencyPenalty: 0,
        presencePenalty: 0.5,
        stop: ['END'],
        choiceCount: 2,
        reasoningLevel: 'low',
        reasoningBudget: 1_024,
        serviceTier: 'flex',
        outputType: 'json',
        dimensions: 256,
        encodingFormat: 'float',
      },
      inputCount: 2,
    },
    response: {
      id: 'chatcmpl-1',
      model: 'gpt-4o-2024-11-20',
      serviceTier: 'default',
      fingerprint: 'fp_1',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', parts: [{ type: 'text', content: 'Hello' }] },
          finishReason: 'stop',
          finishReasonRaw: 'stop',
        },
      ],
      outputCount: 2,
      dimensions: 256,
    },
    usage,
    ended: 'error',
    attempts: [
      {
        startMs: 0,
        headersMs: 100,
        endMs: 120,
        ended: 'error',
        status: 429,
        requestId: 'req_0',
        retryAfterMs: 300,
        error: {
          type: 'rate_limit_exceeded',
          message: 'Slow down.',
          code: 'E0',
          status: 429,
          phase: 'http',
        },
        usage,
      },
    ],
    stream: { events: 9, bytes: 1_234, undecodable: 1 },
    error: {
      type: 'server_error',
      message: 'It broke.',
      code: 'E1',
      status: 500,
      phase: 'stream',
      stack: 'Error: It broke.\n    at here',
      cause: { type: 'TypeError', message: 'no' },
    },
    capture: { truncated: true, unseen: 'a stream' },
  },
}

/** A step, which is a record without the call. */
export function stepOf(kind: SpanKind, changes: Partial<SpanRecord> = {}): SpanRecord {
  const { call: _none, error: _success, ...step } = sample
  return { ...step, kind, name: 'look', status: 'success', ...changes }
}
