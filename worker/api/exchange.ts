/**
 * What a call says of its exchange by HTTP, as it comes from outside: the gateway between, and what was
 * left of limits.
 *
 * @module
 */

import { fields, isObject, type Json, type JsonObject, number, string } from '../../src/lib/json.ts'
import { LIMITED, type ModelCall, type RateLimits, type Via } from '../../src/lib/model-call.ts'
import { defined, oneOf } from './defined.ts'

const CACHE: readonly NonNullable<Via['cache']>[] = ['hit', 'miss', 'bypass']

export function readHttp(value: Json | undefined): ModelCall['http'] {
  const http = fields(value)
  return defined({
    method: string(http.method) ?? '',
    url: string(http.url) ?? '',
    status: number(http.status),
    requestId: string(http.requestId),
    attempt: number(http.attempt),
    retryAfterMs: number(http.retryAfterMs),
    rateLimit: readLimits(http.rateLimit),
  })
}

export function readVia(value: JsonObject): Via {
  return defined({
    gateway: string(value.gateway) ?? '',
    upstream: string(value.upstream),
    cache: oneOf(CACHE, value.cache),
    logId: string(value.logId),
    step: number(value.step),
  })
}

function readLimits(value: Json | undefined): RateLimits | undefined {
  if (!isObject(value)) return undefined
  const limits: RateLimits = {}
  for (const of of LIMITED) {
    const { limit, remaining, resetMs } = fields(value[of])
    if (!isObject(value[of])) continue
    limits[of] = defined({
      limit: number(limit),
      remaining: number(remaining),
      resetMs: number(resetMs),
    })
  }
  return limits
}
