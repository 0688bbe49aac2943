/**
 * What a record says of its call's exchange by HTTP: the gateway between, and what was left of limits.
 *
 * @module
 */

import { fields, number, string, type Json, type JsonObject } from '../../../src/lib/json.ts'
import { LIMITED } from '../../../src/lib/model-call.ts'

export interface GatewayFacts {
  gateway?: string | undefined
  cache?: string | undefined
  step?: number | undefined
  logId?: string | undefined
}

export interface HttpFacts {
  method?: string | undefined
  url?: string | undefined
  status?: number | undefined
  requestId?: string | undefined
  attempt?: number | undefined
  retryAfterMs?: number | undefined
  limits: LimitFacts[]
}

/** What was left of a limit. */
export interface LimitFacts {
  of: string
  limit?: number | undefined
  remaining?: number | undefined
  resetMs?: number | undefined
}

export function readGateway({ gateway, cache, step, logId }: JsonObject): GatewayFacts {
  return {
    gateway: string(gateway),
    cache: string(cache),
    step: number(step),
    logId: string(logId),
  }
}

export function readHttp(call: JsonObject): HttpFacts {
  const http = fields(call.http)
  return {
    method: string(http.method) || undefined, // empty in what others have traced
    url: string(http.url) || undefined,
    status: number(http.status),
    requestId: string(http.requestId),
    attempt: number(http.attempt),
    retryAfterMs: number(http.retryAfterMs),
    limits: LIMITED.flatMap((of) => readLimit(of, fields(http.rateLimit)[of])),
  }
}

/** None where nothing of it was told. */
function readLimit(of: (typeof LIMITED)[number], told: Json | undefined): LimitFacts[] {
  const [limit, remaining, resetMs] = LIMIT.map((name) => number(fields(told)[name]))
  if (limit === undefined && remaining === undefined) return []
  return [{ of: LIMITS[of], limit, remaining, resetMs }]
}

const LIMIT = ['limit', 'remaining', 'resetMs']
const LIMITS = {
  requests: 'requests',
  tokens: 'tokens',
  inputTokens: 'tokens in',
  outputTokens: 'tokens out',
}
