/**
 * Makes the spans of a trace as the store would give them back. Ids are made from words, so that a
 * test can name a step and an address is the same in every run.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import type { SentCall } from '../../../src/lib/ingest.ts'
import type { SpanDetail } from '../../../worker/store/store.ts'

/** The clock of all samples. */
export const NOW = Date.UTC(2026, 10, 23, 13, 5, 0)

export interface SpanSketch extends Partial<Omit<SpanDetail, 'id' | 'startUs' | 'endUs'>> {
  name: string
  /** Milliseconds after the trace's start. */
  at?: number
  /** Milliseconds; `null` while it runs. */
  took?: number | null
  /** The step it is under. */
  in?: string
  /** How it is named in `in`, where the name is not enough. */
  as?: string
}

export function uuid(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex')
  return `01930000-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-8${hex.slice(7, 10)}-${hex.slice(10, 22)}`
}

export function traceIdOf(trace: string): string {
  return uuid(trace).replaceAll('-', '')
}

export function spanIdOf(trace: string, step: string): string {
  return uuid(`${trace}/${step}`).replaceAll('-', '').slice(16)
}

/** @param agoMs How long before `NOW` the trace began. */
export function sketch(trace: string, agoMs: number, steps: readonly SpanSketch[]): SpanDetail[] {
  const start = NOW - agoMs
  return steps.map(({ at = 0, took = 0, in: parent, as, ...given }) => {
    const step = as ?? given.name
    const startUs = Math.round((start + at) * 1000)
    return {
      id: uuid(`${trace}/${step}`),
      traceId: traceIdOf(trace),
      spanId: spanIdOf(trace, step),
      parentId: parent === undefined ? null : spanIdOf(trace, parent),
      kind: 'task',
      status: took === null ? 'running' : 'success',
      startUs,
      endUs: took === null ? null : startUs + Math.round(took * 1000),
      model: null,
      provider: null,
      inputTokens: null,
      outputTokens: null,
      costNano: null,
      userId: null,
      sessionId: null,
      environment: null,
      resource: null,
      error: null,
      call: null,
      tags: [],
      metadata: {},
      scores: {},
      input: null,
      output: null,
      ...given,
    }
  })
}

interface CallSketch {
  provider?: string
  asked?: string
  answered?: string
  stream?: boolean
  firstTextMs?: number
  headersMs?: number
  status?: number
  ended?: SentCall['ended']
  finish?: SentCall['response']['choices'][number]['finishReason']
  cacheRead?: number
  reasoning?: number
  attempt?: number
  attempts?: SentCall['attempts']
  startMs?: number
  endMs?: number
  longestStallMs?: number
  injected?: boolean
  params?: SentCall['request']['params']
  url?: string
}

export function call(of: CallSketch): SentCall {
  const { provider = 'openai', asked = 'gpt-4o', answered = asked, stream = false } = of
  const { headersMs = 180, firstTextMs, status = 200, ended = 'complete', finish = 'stop' } = of
  const server = provider === 'anthropic' ? 'api.anthropic.com' : 'api.openai.com'
  const path = provider === 'anthropic' ? '/v1/messages' : '/v1/chat/completions'
  return {
    operation: 'chat',
    provider,
    format: provider === 'anthropic' ? 'anthropic.messages' : 'openai.chat',
    server: { address: server },
    client: { sdk: provider, version: provider === 'anthropic' ? '1.12.0' : '7.57.0' },
    time: {
      ...(of.startMs === undefined ? {} : { startMs: of.startMs }),
      headersMs,
      ...(of.longestStallMs === undefined ? {} : { longestStallMs: of.longestStallMs }),
      ...(of.endMs === undefined ? {} : { endMs: of.endMs }),
      ...(firstTextMs === undefined ? {} : { firstChunkMs: firstTextMs - 4, firstTextMs }),
    },
    http: {
      method: 'POST',
      url: of.url ?? `https://${server}${path}`,
      status,
      requestId: 'req_8f2c41d09be7',
      attempt: of.attempt ?? 0,
    },
    request: { model: asked, stream, params: of.params ?? { temperature: 0.2, maxTokens: 512 } },
    response: {
      id: 'chatcmpl-BqZ1f0wq',
      model: answered,
      choices: ended === 'error' ? [] : [{ index: 0, finishReason: finish }],
    },
    usage: {
      source: of.injected ? 'injected' : 'provider',
      final: ended === 'complete',
      input: null,
      output: null,
      total: null,
      cacheRead: of.cacheRead ?? null,
      cacheWrite: null,
      cacheWrite1h: null,
      reasoning: of.reasoning ?? null,
    },
    ended,
    ...(of.attempts ? { attempts: of.attempts } : {}),
    ...(stream ? { stream: { events: 48, bytes: 11_204, undecodable: 0 } } : {}),
    capture: { truncated: false },
  }
}
