/**
 * A call to a model: what of one HTTP exchange is recorded, whatever the client, host or format.
 *
 * It follows the OpenTelemetry GenAI conventions, so that every exporter reads the same facts.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 * @module
 */

import type { Usage } from './usage.ts'
import type { Choice } from './message.ts'
import type { ErrorRecord } from './error-record.ts'

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
