/**
 * Which earlier call a request tries again: the attempts of one logical call are one record.
 *
 * Clients retry by sending the request once more. Those made by Stainless number their attempts, and
 * are believed. The others are recognised by what they send: the same body to the same address, in
 * the same span, after a failure that is worth another try.
 *
 * What is remembered is plain data, so that it may outlive the invocation it comes from.
 *
 * @module
 */

import type { Json } from '../json.ts'
import type { Attempt, ModelCall } from '../model-call.ts'
import type { Earlier } from './span.ts'

/** Clients wait a minute for a new attempt at most, whatever `retry-after` says. */
const MAX_GAP_MS = 65_000
/** Failures remembered at once; past this the oldest is let go, and its retry is a call of its own. */
const MAX_FAILURES = 100

/** What tells a request from others. */
export interface Request {
  url: string
  parentSpanId: string | undefined
  body: Json | undefined
  /** `x-stainless-retry-count`: 0 is the first attempt. */
  attempt: number | undefined
}

export interface Failure {
  earlier: Earlier
  /** Those that failed so far, in order. */
  attempts: Attempt[]
}

interface Remembered extends Failure {
  request: Request
  /** Worth another try by the client's own judgement alone, whoever the client is. */
  isTemporary: boolean
  atMs: number
}

export interface Retries {
  /** A call has ended, perhaps so that the same request comes again. */
  ended(request: Request, call: ModelCall, earlier: Earlier): void
  /** The call that this request tries again; each is given out once. */
  take(request: Request): Failure | undefined
}

export function createRetries(now: () => number = () => performance.now()): Retries {
  let failures: Remembered[] = []

  return {
    ended(request, call, earlier) {
      if (!mayComeAgain(call)) return
      const attempts = [...(call.attempts ?? []), toAttempt(call)]
      const body = fingerprint(request.body)
      const isTemporary = isWorthAnother(call)
      failures.push({
        request: { ...request, body },
        attempts,
        earlier,
        isTemporary,
        atMs: now(),
      })
      failures.splice(0, failures.length - MAX_FAILURES)
    },
    take(request) {
      if (failures.length === 0) return undefined
      failures = failures.filter(({ atMs }) => now() - atMs <= MAX_GAP_MS)
      const again = { ...request, body: fingerprint(request.body) }
      const index = failures.findIndex((failure) => isRetry(again, failure))
      return failures.splice(index, index < 0 ? 0 : 1)[0]
    },
  }
}

function isRetry({ url, parentSpanId, body, attempt }: Request, failure: Remembered): boolean {
  const { request, isTemporary } = failure
  if (url !== request.url || parentSpanId !== request.parentSpanId || body !== request.body) {
    return false
  }
  if (attempt) return request.attempt === attempt - 1
  return isTemporary && parentSpanId !== undefined
}

/** With an error, or cancelled before the model said anything: a client's own timeout looks so. */
function mayComeAgain({ ended, time }: ModelCall): boolean {
  return ended === 'error' || (ended === 'cancelled' && time.firstChunkMs === undefined)
}

/** A failure of the network, or an answer that says so: try again later. */
function isWorthAnother({ ended, http: { status } }: ModelCall): boolean {
  if (ended !== 'error') return false
  return status === undefined || [408, 409, 425, 429].includes(status) || status >= 500
}

function toAttempt({ time, http, ended, usage, error }: ModelCall): Attempt {
  const { startMs = 0, headersMs, endMs = startMs } = time
  const { status, requestId, retryAfterMs } = http
  const { stack: _stack, cause: _cause, ...told } = error ?? { type: '_OTHER' }
  return {
    startMs,
    ...(headersMs !== undefined && { headersMs }),
    endMs,
    ended,
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(error && { error: told }),
    ...(usage.source !== 'absent' && { usage }),
  }
}

/** Enough of a body to know it again, and too little to hold on to (FNV-1a of its JSON, and its length). */
function fingerprint(body: Json | undefined): string {
  const text = body === undefined ? '' : JSON.stringify(body)
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  return `${hash} ${text.length}`
}
