/**
 * The record: what one step of a pipeline leaves behind, and the contract between SDK and collector.
 *
 * A step (`span`) and a call to a model are the same envelope; a call has the `call` part as well.
 * Records are plain JSON data: no dates, no binary, nothing that holds on to a request. The call
 * part follows the OpenTelemetry GenAI conventions, so that every exporter reads the same facts.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 * @module
 */

import type { Json, JsonObject } from './json.ts'

/** One step: sent when it starts (`running`) and again, completed, when it ends. */
export interface SpanRecord {
  v: 1
  /** UUIDv7. The key for every upsert, and so for idempotent retries. */
  id: string
  trace: TraceIds
  name: string
  kind: SpanKind
  status: SpanStatus
  /**
   * Orders the writes of one record: 0 while it runs, 1 once it has ended. A call that is tried again
   * runs and ends again, at 2 and 3, and so on.
   */
  seq: number
  /** Wall clock, milliseconds since 1970; fractions allowed. */
  startUnixMs: number
  endUnixMs?: number
  /** For a call the request body as sent, for a step what it was given. Redacted and bounded. */
  input?: Json
  /** For a call the assistant's message, for a step what it returned. Redacted and bounded. */
  output?: Json
  tags: string[]
  metadata: JsonObject
  userId?: string
  sessionId?: string
  error?: ErrorRecord
  resource?: Resource
  call?: ModelCall
}

export interface TraceIds {
  /** 32 hex digits: the root record's id without dashes, or the trace id of a remote parent. */
  traceId: string
  /** 16 hex digits: the last 16 of the record's id. */
  spanId: string
  /** The parent's `spanId`; absent on a root. */
  parentSpanId?: string
  sampled: boolean
}

export const SPAN_STATUSES = ['running', 'success', 'error'] as const
export type SpanStatus = (typeof SPAN_STATUSES)[number]

export const SPAN_KINDS = [
  'workflow',
  'agent',
  'task',
  'tool',
  'retriever',
  'embedding',
  'generation',
  'guardrail',
  'evaluator',
] as const

/** What a step is, in the field's words. */
export type SpanKind = (typeof SPAN_KINDS)[number]

/** Who reports: the application and its SDK. */
export interface Resource {
  service?: string
  environment?: string
  release?: string
  /** Name and version of the SDK, such as `carrot-trace/0.1.0`. */
  sdk: string
}

export interface ErrorRecord {
  /** `error.type`: provider code, else exception name, else HTTP status, else `_OTHER`. */
  type: string
  message?: string
  code?: string
  /** HTTP status, where the error is an answer. */
  status?: number
  /** Where a call failed. */
  phase?: 'network' | 'http' | 'stream' | 'decode'
  stack?: string
  cause?: ErrorRecord
}

/**
 * How a call ended. Exactly one per call. `abandoned`: its body was never read to the end, and has
 * been collected. `open` is the state until one of the others holds.
 */
export type Ended = 'complete' | 'truncated' | 'cancelled' | 'error' | 'abandoned' | 'open'

/** One HTTP exchange with a model API, whatever the client, host or format. */
export interface ModelCall {
  /** `gen_ai.operation.name`. */
  operation: Operation
  /** `gen_ai.provider.name`: a well-known value, or our own lower-case name for others. */
  provider: string
  /** The wire format that read it, such as `openai.chat`. */
  format: string
  /** The host that was dialled. */
  server: { address: string; port?: number }
  /** The gateway that the call went through. */
  via?: Via
  client?: { sdk?: string; version?: string }
  /** Milliseconds after the record's start, on a monotonic clock. */
  time: {
    /** When this attempt was sent; absent on the first, which starts with the record. */
    startMs?: number
    headersMs?: number
    /** The first event of the model, not a comment or a ping. */
    firstChunkMs?: number
    /** The first visible text, refusal or piece of a tool call. */
    firstTextMs?: number
    /**
     * The longest that the reader of a stream had to wait for its next bytes, after the first ones. How
     * long it, not the stream, lets pass between two reads is not in it.
     */
    longestStallMs?: number
    endMs?: number
  }
  http: {
    method: string
    /** Without user info and fragment; query parameters only as far as they are known to be harmless. */
    url: string
    status?: number
    requestId?: string
    /** `x-stainless-retry-count`: 0 is the first attempt. */
    attempt?: number
    retryAfterMs?: number
    /** What is left of the account's limits, as the answer says. */
    rateLimit?: RateLimits
  }
  request: {
    model?: string | undefined
    stream: boolean
    params: RequestParams
    /** How many inputs, where an API takes several at once: embeddings, moderation, documents to rank. */
    inputCount?: number
  }
  response: {
    id?: string | undefined
    /** The model that answered, which may be more exact than the one asked for. */
    model?: string | undefined
    serviceTier?: string | undefined
    fingerprint?: string | undefined
    /** In index order; none where the answer is no message: embeddings. */
    choices: Choice[]
    /** How many results: vectors, images, verdicts, ranks. */
    outputCount?: number
    /** Of each vector. */
    dimensions?: number
  }
  usage: Usage
  ended: Ended
  /**
   * The attempts before this one, in order, where the client has tried again. All else in the call is
   * of the last attempt, and so is the outcome of the record.
   */
  attempts?: Attempt[]
  stream?: { events: number; bytes: number; undecodable: number }
  error?: ErrorRecord
  capture: {
    /** Something of the request or reply is missing from the record because of a limit. */
    truncated: boolean
    /** Why the request body could not be seen, if it could not. */
    unseen?: string
  }
}

/** What a gateway between client and provider says of a call. */
export interface Via {
  /** Such as `cloudflare`. */
  gateway: string
  /** Whom it asked, by its own name for them. */
  upstream?: string
  /** `hit`: it answered by itself, and nobody bills for it. */
  cache?: 'hit' | 'miss' | 'bypass'
  /** Of the gateway's own log. */
  logId?: string
  /** Which of several requests was answered, where one after the other is tried; 0 is the first. */
  step?: number
}

export const LIMITED = ['requests', 'tokens', 'inputTokens', 'outputTokens'] as const
export type RateLimits = { [Of in (typeof LIMITED)[number]]?: RateLimit }

export interface RateLimit {
  limit?: number
  remaining?: number
  /** Until the limit is whole again, in milliseconds after the answer. */
  resetMs?: number
}

/** One attempt of a call that was followed by another. Milliseconds are after the record's start. */
export interface Attempt {
  startMs: number
  headersMs?: number
  endMs: number
  ended: Ended
  status?: number
  requestId?: string
  /** How long the answer asked the client to wait. */
  retryAfterMs?: number
  error?: Omit<ErrorRecord, 'stack' | 'cause'>
  /** What it may be billed for; absent where the provider did not say. */
  usage?: Usage
}

export type Operation =
  | 'chat'
  | 'generate_content'
  | 'text_completion'
  | 'embeddings'
  | 'image_generation'
  | 'speech'
  | 'transcription'
  | 'moderation'
  | 'rerank'
  /** Of a prompt that is not sent: what is counted is not used, and stands in the answer. */
  | 'count_tokens'
  | (string & {})

export interface RequestParams {
  maxTokens?: number
  temperature?: number
  topP?: number
  topK?: number
  seed?: number
  frequencyPenalty?: number
  presencePenalty?: number
  stop?: string[]
  choiceCount?: number
  reasoningLevel?: string
  reasoningBudget?: number
  serviceTier?: string
  outputType?: 'text' | 'json' | 'image' | 'speech'
  dimensions?: number
  encodingFormat?: string
}

export interface Choice {
  index: number
  message: Message
  /** Normalised to the words of OpenTelemetry; `null` while the model has not said. */
  finishReason: FinishReason | null
  finishReasonRaw?: string
}

export type FinishReason =
  | 'stop'
  | 'length'
  | 'content_filter'
  | 'tool_call'
  | 'compaction'
  | 'error'

/** Parts stand in wire order; adjacent pieces of one block are joined. */
export interface Message {
  role: string
  parts: Part[]
}

export type Part =
  | { type: 'text'; content: string }
  | { type: 'reasoning'; content: string }
  | { type: 'refusal'; content: string }
  | ToolCallPart
  /** A block that we name but do not read: server tools, an image's type and size, what is yet to come. */
  | { type: 'other'; name: string; content: Json }

export interface ToolCallPart {
  type: 'tool_call'
  id: string | null
  name: string
  /** The arguments as JSON, or the text as it came where it is no valid JSON. */
  arguments: Json
  argumentsInvalid?: true
}

/**
 * Token counts one can bill on. `input` and `output` are totals; every other count is a part of
 * one of them. `null`: the provider did not say. An unknown count is never 0.
 */
export interface Usage {
  /** `injected`: the provider said it because the tracer asked for it (`capture.streamUsage`). */
  source: 'provider' | 'injected' | 'absent'
  /** False when the stream ended before the last count. */
  final: boolean
  input: number | null
  output: number | null
  total: number | null
  cacheRead: number | null
  cacheWrite: number | null
  /** The part of `cacheWrite` that is kept, and billed, for an hour. */
  cacheWrite1h: number | null
  reasoning: number | null
  /** Parts of `input` and `output` by what they stand for; absent where the provider does not say. */
  textInput?: number
  imageInput?: number
  audioInput?: number
  textOutput?: number
  imageOutput?: number
  audioOutput?: number
  /** Length of the audio, where the provider counts that and no tokens. */
  seconds?: number
  /** Searches, where a provider bills those: Cohere's, of up to 100 documents each. */
  searchUnits?: number
  /** Pages read, where a provider bills those. */
  pages?: number
  /** The provider's own object, for later repair. */
  raw?: Json
}
