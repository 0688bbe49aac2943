/**
 * The table: what each field of a record is called by OpenTelemetry.
 *
 * The names of the GenAI semantic conventions v0.1.0, and of the general ones that they build on;
 * what neither has a name for begins with `carrot.`. A profile (profile.ts) may rename them. A field
 * of the record that is missing here does not compile; `docs/opentelemetry.md` is made from it.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/
 * @module
 */

import type { SpanRecord } from '../record.ts'

/** `null`: no attribute; elsewhere.ts says where it goes instead, or why it does not. */
export type Name = string | readonly [name: string, as: As] | null

export type As =
  /** A number that is no count, even where it is whole. */
  | 'double'
  /** Milliseconds as seconds. */
  | 'seconds'
  /** Whatever it is, as JSON in a text. */
  | 'json'
  /** One text as a list of it. */
  | 'list'
  /** Of a list of objects this field of each. */
  | 'each'
  /** Likewise, where a missing one means an error. */
  | 'reasons'
  /** Each member under its own name. */
  | 'members'
  /** Said only where it is true, or above 0. */
  | 'truthy'
  /** Said only where it is not 1. */
  | 'plural'

export type Names<Value> =
  | Name
  | ([string] extends [Value]
      ? never
      : [Value] extends [readonly (infer Item)[]]
        ? Members<Item>
        : Members<Value>)

type Members<Value> = string extends keyof Value
  ? never
  : Value extends object
    ? { readonly [Field in keyof Value]-?: Names<NonNullable<Value[Field]>> }
    : never

const ATTEMPTED = {
  startMs: 'carrot.attempt.start_ms',
  headersMs: 'carrot.attempt.headers_ms',
  endMs: 'carrot.attempt.end_ms',
  ended: 'carrot.attempt.ended',
  status: 'http.response.status_code',
  requestId: 'carrot.http.request_id',
  retryAfterMs: 'carrot.http.retry_after_ms',
  error: {
    type: 'error.type',
    message: 'exception.message',
    code: 'carrot.error.code',
    status: null,
    phase: 'carrot.error.phase',
  },
  usage: ['carrot.attempt.usage', 'json'],
} as const

function limits<const Of extends string>(of: Of) {
  return {
    limit: `carrot.rate_limit.${of}.limit`,
    remaining: `carrot.rate_limit.${of}.remaining`,
    resetMs: `carrot.rate_limit.${of}.reset_ms`,
  } as const
}

export const NAMES: Members<SpanRecord> = {
  v: null,
  id: 'carrot.id',
  trace: { traceId: null, spanId: null, parentSpanId: null, sampled: null },
  name: null,
  kind: 'carrot.kind',
  status: null,
  seq: 'carrot.seq',
  startUnixMs: null,
  endUnixMs: null,
  input: null,
  output: null,
  tags: 'carrot.tags',
  metadata: ['carrot.metadata', 'members'],
  userId: 'user.id',
  sessionId: 'session.id',
  error: {
    type: 'error.type',
    message: null,
    code: 'carrot.error.code',
    status: null,
    phase: 'carrot.error.phase',
    stack: null,
    cause: null,
  },
  resource: {
    service: 'service.name',
    environment: 'deployment.environment.name',
    release: 'service.version',
    sdk: null,
  },
  call: {
    operation: 'gen_ai.operation.name',
    provider: 'gen_ai.provider.name',
    format: 'carrot.format',
    server: { address: 'server.address', port: 'server.port' },
    via: {
      gateway: 'carrot.via.gateway',
      upstream: 'carrot.via.upstream',
      cache: 'carrot.via.cache',
      logId: 'carrot.via.log_id',
      step: 'carrot.via.step',
    },
    client: { sdk: 'carrot.client.sdk', version: 'carrot.client.version' },
    time: {
      startMs: 'carrot.time.start_ms',
      headersMs: 'carrot.time.headers_ms',
      firstChunkMs: ['gen_ai.response.time_to_first_chunk', 'seconds'],
      firstTextMs: 'carrot.time.first_text_ms',
      longestStallMs: 'carrot.time.longest_stall_ms',
      endMs: null,
    },
    http: {
      method: 'http.request.method',
      url: 'url.full',
      status: 'http.response.status_code',
      requestId: 'carrot.http.request_id',
      attempt: ['http.request.resend_count', 'truthy'],
      retryAfterMs: 'carrot.http.retry_after_ms',
      rateLimit: {
        requests: limits('requests'),
        tokens: limits('tokens'),
        inputTokens: limits('input_tokens'),
        outputTokens: limits('output_tokens'),
      },
    },
    request: {
      model: 'gen_ai.request.model',
      stream: ['gen_ai.request.stream', 'truthy'],
      params: {
        maxTokens: 'gen_ai.request.max_tokens',
        temperature: ['gen_ai.request.temperature', 'double'],
        topP: ['gen_ai.request.top_p', 'double'],
        topK: 'gen_ai.request.top_k',
        seed: 'gen_ai.request.seed',
        frequencyPenalty: ['gen_ai.request.frequency_penalty', 'double'],
        presencePenalty: ['gen_ai.request.presence_penalty', 'double'],
        stop: 'gen_ai.request.stop_sequences',
        choiceCount: ['gen_ai.request.choice.count', 'plural'],
        reasoningLevel: 'gen_ai.request.reasoning.level',
        reasoningBudget: 'carrot.request.reasoning_budget',
        serviceTier: 'carrot.request.service_tier',
        outputType: 'gen_ai.output.type',
        dimensions: 'carrot.request.dimensions',
        encodingFormat: ['gen_ai.request.encoding_formats', 'list'],
      },
      inputCount: 'carrot.request.input_count',
    },
    response: {
      id: 'gen_ai.response.id',
      model: 'gen_ai.response.model',
      serviceTier: 'carrot.response.service_tier',
      fingerprint: 'openai.response.system_fingerprint',
      choices: {
        index: null,
        message: null,
        finishReason: ['gen_ai.response.finish_reasons', 'reasons'],
        finishReasonRaw: ['carrot.response.finish_reasons', 'each'],
      },
      outputCount: 'carrot.response.output_count',
      dimensions: 'gen_ai.embeddings.dimension.count',
    },
    usage: {
      source: 'carrot.usage.source',
      final: 'carrot.usage.final',
      input: 'gen_ai.usage.input_tokens',
      output: 'gen_ai.usage.output_tokens',
      total: 'carrot.usage.total_tokens',
      cacheRead: 'gen_ai.usage.cache_read.input_tokens',
      cacheWrite: 'gen_ai.usage.cache_write.input_tokens',
      cacheWrite1h: 'carrot.usage.cache_write_1h.input_tokens',
      reasoning: 'gen_ai.usage.reasoning.output_tokens',
      textInput: 'gen_ai.usage.text.input_tokens',
      imageInput: 'gen_ai.usage.image.input_tokens',
      audioInput: 'gen_ai.usage.audio.input_tokens',
      textOutput: 'gen_ai.usage.text.output_tokens',
      imageOutput: 'gen_ai.usage.image.output_tokens',
      audioOutput: 'gen_ai.usage.audio.output_tokens',
      seconds: ['carrot.usage.seconds', 'double'],
      searchUnits: 'carrot.usage.search_units',
      pages: 'carrot.usage.pages',
      raw: ['carrot.usage.raw', 'json'],
    },
    ended: 'carrot.ended',
    attempts: ATTEMPTED,
    stream: {
      events: 'carrot.stream.events',
      bytes: 'carrot.stream.bytes',
      undecodable: 'carrot.stream.undecodable',
    },
    error: null,
    capture: { truncated: ['carrot.capture.truncated', 'truthy'], unseen: 'carrot.capture.unseen' },
  },
}

/** Of one attempt that another followed: what its event says. */
export const ATTEMPT: typeof ATTEMPTED = ATTEMPTED

/** What a step or call was given and gave, which one field holds and several attributes say. */
export const CONTENT = {
  /** Of a call. */
  system: 'gen_ai.system_instructions',
  messages: 'gen_ai.input.messages',
  tools: 'gen_ai.tool.definitions',
  answers: 'gen_ai.output.messages',
  /** Where the API keeps the conversation, and its client names it. */
  conversation: 'gen_ai.conversation.id',
  previous: 'gen_ai.request.previous_response.id',
  /** Of a tool. */
  arguments: 'gen_ai.tool.call.arguments',
  result: 'gen_ai.tool.call.result',
  /** Of all else. */
  input: 'carrot.input',
  output: 'carrot.output',
} as const

/** What a step does, where the conventions have a word for it; and what its name is then called. */
export const STEPS: Partial<Record<string, { operation: string; name?: string }>> = {
  agent: { operation: 'invoke_agent', name: 'gen_ai.agent.name' },
  tool: { operation: 'execute_tool', name: 'gen_ai.tool.name' },
  retriever: { operation: 'retrieval' },
}

export const OPERATION = 'gen_ai.operation.name'

/** Of calls in a format of OpenAI's, beside what the table says. */
export const OPENAI = {
  api: 'openai.api.type',
  apis: { 'openai.chat': 'chat_completions', 'openai.responses': 'responses' },
  renamed: {
    'carrot.request.service_tier': 'openai.request.service_tier',
    'carrot.response.service_tier': 'openai.response.service_tier',
  },
} as const
