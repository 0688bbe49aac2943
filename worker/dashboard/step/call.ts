/**
 * What a record says about its call to a model.
 *
 * Any client may have written it, so it is read as JSON from outside: what is missing or of another
 * type is `undefined`, and a page is never lost to one strange record.
 *
 * @module
 */

import {
  fields,
  isObject,
  items,
  number,
  string,
  type Json,
  type JsonObject,
} from '../../../src/lib/json.ts'
import type { SpanRow } from '../../store/store.ts'
import { billedOf, costOf, type Cost } from '../../price/cost.ts'
import { isSameCost, readAttempts, type AttemptFacts } from './attempts.ts'
import { readGateway, readHttp, type GatewayFacts, type HttpFacts } from './exchange.ts'
import { fromOutside } from '../json-text.ts'
import { count } from '../units.ts'

export interface CallFacts {
  present: boolean
  operation?: string | undefined
  format?: string | undefined
  server?: string | undefined
  via?: GatewayFacts | undefined
  client?: string | undefined
  asked?: string | undefined
  answered?: string | undefined
  stream: boolean
  time: {
    headersMs?: number | undefined
    firstChunkMs?: number | undefined
    firstTextMs?: number | undefined
    longestStallMs?: number | undefined
  }
  /** All of them, the last included; none where there was but one. */
  attempts: AttemptFacts[]
  parameters: [name: string, value: Json][]
  inputs?: number | undefined
  outputs?: number | undefined
  /** Of each vector. */
  dimensions?: number | undefined
  usage: UsageFacts
  finish: string[]
  ended?: string | undefined
  events?: number | undefined
  bytes?: number | undefined
  undecodable?: number | undefined
  tier?: string | undefined
  responseId?: string | undefined
  fingerprint?: string | undefined
  http: HttpFacts
  truncated: boolean
  unseen?: string | undefined
}

export interface UsageFacts {
  final: boolean
  /** The provider was asked for it by the tracer, not by the application. */
  injected: boolean
  total?: number | undefined
  cacheRead?: number | undefined
  cacheWrite?: number | undefined
  reasoning?: number | undefined
  /** What tokens in and out stand for, as far as it was told: `40 image`. */
  into: string[]
  out: string[]
  /** Length of the audio. */
  seconds?: number | undefined
  searchUnits?: number | undefined
  pages?: number | undefined
}

/** What it cost; none where it cannot be said. Apart, as looking it up takes longer than all the rest. */
export function readCost(span: SpanRow): Cost | undefined {
  const { costNano } = span
  if (costNano === null) return undefined
  const call = fromOutside(span.call)
  const cost = costOf(billedOf(call, span))
  const last = readAttempts(call, span).at(-1)
  if (last ? last.cost : isSameCost(cost?.usd, costNano)) return cost
  // By prices that the project set itself, or by others than these are: all attempts in one.
  return { usd: costNano / 1e9, source: 'project', rates: [], atLeast: cost?.atLeast ?? false }
}

export function readCall(span: SpanRow): CallFacts {
  const call = fromOutside(span.call)
  const request = fields(call.request)
  const response = fields(call.response)
  const stream = fields(call.stream)
  const capture = fields(call.capture)
  const server = fields(call.server)
  const client = fields(call.client)
  return {
    present: span.call !== null,
    operation: string(call.operation),
    format: string(call.format),
    server: joined(':', string(server.address), number(server.port)),
    via: isObject(call.via) ? readGateway(call.via) : undefined,
    client: joined(' ', string(client.sdk), string(client.version)),
    asked: string(request.model),
    answered: string(response.model),
    stream: request.stream === true,
    time: readTime(call),
    attempts: readAttempts(call, span),
    parameters: readParameters(request),
    inputs: number(request.inputCount),
    outputs: number(response.outputCount),
    dimensions: number(response.dimensions),
    usage: readUsage(call),
    finish: items(response.choices).flatMap(readFinish),
    ended: string(call.ended),
    events: number(stream.events),
    bytes: number(stream.bytes),
    undecodable: number(stream.undecodable),
    tier: string(response.serviceTier),
    responseId: string(response.id),
    fingerprint: string(response.fingerprint),
    http: readHttp(call),
    truncated: capture.truncated === true,
    unseen: string(capture.unseen),
  }
}

function readTime(call: JsonObject): CallFacts['time'] {
  const { headersMs, firstChunkMs, firstTextMs, longestStallMs } = fields(call.time)
  return {
    longestStallMs: number(longestStallMs),
    headersMs: number(headersMs),
    firstChunkMs: number(firstChunkMs),
    firstTextMs: number(firstTextMs),
  }
}

function readParameters(request: JsonObject): CallFacts['parameters'] {
  return Object.entries(fields(request.params)).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, value]],
  )
}

function readUsage(call: JsonObject): UsageFacts {
  const usage = fields(call.usage)
  return {
    final: usage.final !== false,
    injected: usage.source === 'injected',
    total: number(usage.total),
    cacheRead: number(usage.cacheRead),
    cacheWrite: number(usage.cacheWrite),
    reasoning: number(usage.reasoning),
    into: readKinds(usage, 'Input'),
    out: readKinds(usage, 'Output'),
    seconds: number(usage.seconds),
    searchUnits: number(usage.searchUnits),
    pages: number(usage.pages),
  }
}

function readKinds(usage: JsonObject, side: 'Input' | 'Output'): string[] {
  return ['text', 'image', 'audio'].flatMap((kind) => {
    const tokens = number(usage[kind + side])
    return tokens === undefined ? [] : [`${count(tokens)} ${kind}`]
  })
}

function readFinish(choice: Json): string[] {
  const { finishReason, finishReasonRaw } = fields(choice)
  const [reason, raw] = [string(finishReason), string(finishReasonRaw)]
  if (!reason) return raw ? [raw] : []
  return raw && raw !== reason ? [`${reason} (${raw})`] : [reason]
}

function joined(by: string, ...parts: (string | number | undefined)[]): string | undefined {
  return parts.filter((part) => part !== undefined).join(by) || undefined
}
