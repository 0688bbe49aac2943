/**
 * `metadata.carrot.call` and `.error` as they come from outside: every field is read by itself, so
 * that a strange one is left out and never believed.
 *
 * @module
 */

import type { SentCall } from '../../src/lib/ingest.ts'
import { fields, isObject, items, type Json, number, string } from '../../src/lib/json.ts'
import type { ErrorRecord } from '../../src/lib/error-record.ts'
import type { Attempt, Ended, RequestParams } from '../../src/lib/model-call.ts'
import type { Usage } from '../../src/lib/usage.ts'
import type { FinishReason } from '../../src/lib/message.ts'
import { defined, oneOf } from './defined.ts'
import { readHttp, readVia } from './exchange.ts'

const ENDED: readonly Ended[] = ['complete', 'truncated', 'cancelled', 'error', 'abandoned', 'open']
const FINISH: readonly FinishReason[] = [
  'stop',
  'length',
  'content_filter',
  'tool_call',
  'compaction',
  'error',
]
const PHASES: readonly NonNullable<ErrorRecord['phase']>[] = ['network', 'http', 'stream', 'decode']
const OUTPUTS: readonly NonNullable<RequestParams['outputType']>[] = [
  'text',
  'json',
  'image',
  'speech',
]
const SOURCES: readonly Usage['source'][] = ['provider', 'injected', 'absent']
const MAX_CAUSES = 8
/** Far more than any client makes. */
const MAX_ATTEMPTS = 100

export function readCall(value: Json | undefined): SentCall | null {
  if (!isObject(value)) return null
  const { server, via, client, time, http, request, response, stream, capture } = value
  return defined({
    operation: string(value.operation) ?? 'chat',
    provider: string(value.provider) ?? '',
    format: string(value.format) ?? '',
    server: defined({
      address: string(fields(server).address) ?? '',
      port: number(fields(server).port),
    }),
    via: isObject(via) ? readVia(via) : undefined,
    client: isObject(client)
      ? defined({ sdk: string(client.sdk), version: string(client.version) })
      : undefined,
    time: defined({
      startMs: number(fields(time).startMs),
      headersMs: number(fields(time).headersMs),
      firstChunkMs: number(fields(time).firstChunkMs),
      firstTextMs: number(fields(time).firstTextMs),
      longestStallMs: number(fields(time).longestStallMs),
      endMs: number(fields(time).endMs),
    }),
    http: readHttp(http),
    request: defined({
      model: string(fields(request).model),
      stream: fields(request).stream === true,
      params: readParams(fields(request).params),
      inputCount: number(fields(request).inputCount),
    }),
    response: defined({
      id: string(fields(response).id),
      model: string(fields(response).model),
      serviceTier: string(fields(response).serviceTier),
      fingerprint: string(fields(response).fingerprint),
      choices: items(fields(response).choices).map(readChoice),
      outputCount: number(fields(response).outputCount),
      dimensions: number(fields(response).dimensions),
    }),
    usage: readUsage(value.usage),
    ended: oneOf(ENDED, value.ended) ?? 'open',
    attempts: Array.isArray(value.attempts)
      ? items(value.attempts).slice(0, MAX_ATTEMPTS).map(readAttempt)
      : undefined,
    stream: isObject(stream)
      ? {
          events: number(stream.events) ?? 0,
          bytes: number(stream.bytes) ?? 0,
          undecodable: number(stream.undecodable) ?? 0,
        }
      : undefined,
    capture: defined({
      truncated: fields(capture).truncated === true,
      unseen: string(fields(capture).unseen),
    }),
  })
}

export function readError(value: Json | undefined, causes = MAX_CAUSES): ErrorRecord | null {
  if (!isObject(value)) return null
  const cause = causes > 0 ? readError(value.cause, causes - 1) : null
  return defined({
    type: string(value.type) ?? '_OTHER',
    message: string(value.message),
    code: string(value.code),
    status: number(value.status),
    phase: oneOf(PHASES, value.phase),
    stack: string(value.stack),
    cause: cause ?? undefined,
  })
}

function readAttempt(value: Json): Attempt {
  const attempt = fields(value)
  const { stack: _stack, cause: _cause, ...error } = readError(attempt.error, 0) ?? { type: '' }
  return defined({
    startMs: number(attempt.startMs) ?? 0,
    headersMs: number(attempt.headersMs),
    endMs: number(attempt.endMs) ?? 0,
    ended: oneOf(ENDED, attempt.ended) ?? 'open',
    status: number(attempt.status),
    requestId: string(attempt.requestId),
    retryAfterMs: number(attempt.retryAfterMs),
    error: error.type ? error : undefined,
    usage: attempt.usage === undefined ? undefined : readUsage(attempt.usage),
  })
}

function readChoice(value: Json, position: number): SentCall['response']['choices'][number] {
  const { index, finishReason, finishReasonRaw } = fields(value)
  return defined({
    index: number(index) ?? position,
    finishReason: oneOf(FINISH, finishReason) ?? null,
    finishReasonRaw: string(finishReasonRaw),
  })
}

function readParams(value: Json | undefined): RequestParams {
  const params = fields(value)
  return defined({
    maxTokens: number(params.maxTokens),
    temperature: number(params.temperature),
    topP: number(params.topP),
    topK: number(params.topK),
    seed: number(params.seed),
    frequencyPenalty: number(params.frequencyPenalty),
    presencePenalty: number(params.presencePenalty),
    stop: Array.isArray(params.stop)
      ? items(params.stop)
          .map(string)
          .filter((text) => text !== undefined)
      : undefined,
    choiceCount: number(params.choiceCount),
    reasoningLevel: string(params.reasoningLevel),
    reasoningBudget: number(params.reasoningBudget),
    serviceTier: string(params.serviceTier),
    outputType: oneOf(OUTPUTS, params.outputType),
    dimensions: number(params.dimensions),
    encodingFormat: string(params.encodingFormat),
  })
}

function readUsage(value: Json | undefined): Usage {
  const usage = fields(value)
  return defined({
    source: oneOf(SOURCES, usage.source) ?? 'absent',
    final: usage.final === true,
    input: number(usage.input) ?? null,
    output: number(usage.output) ?? null,
    total: number(usage.total) ?? null,
    cacheRead: number(usage.cacheRead) ?? null,
    cacheWrite: number(usage.cacheWrite) ?? null,
    cacheWrite1h: number(usage.cacheWrite1h) ?? null,
    reasoning: number(usage.reasoning) ?? null,
    textInput: number(usage.textInput),
    imageInput: number(usage.imageInput),
    audioInput: number(usage.audioInput),
    textOutput: number(usage.textOutput),
    imageOutput: number(usage.imageOutput),
    audioOutput: number(usage.audioOutput),
    seconds: number(usage.seconds),
    searchUnits: number(usage.searchUnits),
    pages: number(usage.pages),
    raw: usage.raw,
  })
}
