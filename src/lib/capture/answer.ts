/**
 * What the head of an answer tells: the status, and headers from an allow list.
 *
 * @module
 */

import { readGatewayHead } from '../formats/gateway.ts'
import type { ModelCall } from '../model-call.ts'
import { retryAfter } from '../retry-after.ts'
import { rateLimits } from './rate-limit.ts'

const REQUEST_IDS = [
  'x-request-id',
  'request-id',
  'apim-request-id',
  'x-ms-request-id',
  'x-amzn-requestid',
  'x-generation-id',
  'mistral-correlation-id',
  'x-kong-request-id',
  'x-debug-trace-id',
  'cf-ai-req-id',
  'cf-ray',
]

export function readHead(call: ModelCall, { status, headers }: Response): void {
  call.http.status = status
  for (const name of REQUEST_IDS) {
    const requestId = headers.get(name)
    if (!requestId) continue
    call.http.requestId = requestId
    break
  }
  const retryAfterMs = retryAfter(headers)
  if (retryAfterMs !== undefined) call.http.retryAfterMs = retryAfterMs
  const limits = rateLimits(headers)
  if (limits) call.http.rateLimit = limits
  readGatewayHead(call, headers)
}
