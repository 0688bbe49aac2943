/**
 * Answers with which providers refuse a request, in their own words.
 *
 * @see https://platform.openai.com/docs/guides/error-codes
 * @see https://docs.anthropic.com/en/api/errors
 * @see https://ai.google.dev/gemini-api/docs/troubleshooting
 * @module
 */

import { knownProvider } from '../formats/provider.ts'
import type { JsonObject } from '../json.ts'
import { responseFrom } from './body.ts'

const REQUEST_ID = 'req_fault'

export function refusal(url: URL, status: number, retryAfterMs: number | undefined): Response {
  const words = wordsOf(url)
  const text = JSON.stringify(words.body(status))
  const headers = {
    'content-type': 'application/json',
    [words.requestId]: REQUEST_ID,
    ...(retryAfterMs !== undefined && {
      'retry-after': String(Math.ceil(retryAfterMs / 1_000)),
      'retry-after-ms': String(retryAfterMs),
    }),
  }
  const { body } = new Response(text)
  return responseFrom(url.href, { status, headers }, body)
}

interface Words {
  requestId: string
  body(status: number): JsonObject
}

const OPENAI: Words = {
  requestId: 'x-request-id',
  body: (status) => ({
    error: {
      message: messageOf(status),
      type: status === 429 ? 'requests' : status < 500 ? 'invalid_request_error' : 'server_error',
      param: null,
      code: status === 429 ? 'rate_limit_exceeded' : null,
    },
  }),
}

const ANTHROPIC_TYPES = new Map([
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [413, 'request_too_large'],
  [429, 'rate_limit_error'],
  [529, 'overloaded_error'],
])

const ANTHROPIC: Words = {
  requestId: 'request-id',
  body: (status) => ({
    type: 'error',
    error: {
      type: ANTHROPIC_TYPES.get(status) ?? (status < 500 ? 'invalid_request_error' : 'api_error'),
      message: messageOf(status),
    },
    request_id: REQUEST_ID,
  }),
}

const GOOGLE_STATUSES = new Map([
  [400, 'INVALID_ARGUMENT'],
  [401, 'UNAUTHENTICATED'],
  [403, 'PERMISSION_DENIED'],
  [404, 'NOT_FOUND'],
  [429, 'RESOURCE_EXHAUSTED'],
  [503, 'UNAVAILABLE'],
  [504, 'DEADLINE_EXCEEDED'],
])

const GOOGLE: Words = {
  requestId: 'x-request-id',
  body: (status) => ({
    error: {
      code: status,
      message: messageOf(status),
      status: GOOGLE_STATUSES.get(status) ?? (status < 500 ? 'FAILED_PRECONDITION' : 'INTERNAL'),
    },
  }),
}

/** By who answers at the host, or by the path where that is nobody known; OpenAI's are everywhere else. */
function wordsOf({ hostname, pathname }: URL): Words {
  const provider = knownProvider(hostname)
  if (provider === 'anthropic') return ANTHROPIC
  if (provider?.startsWith('gcp.')) return GOOGLE
  if (provider !== undefined) return OPENAI
  if (/\/v1\/messages\b/.test(pathname)) return ANTHROPIC
  return /(?::|%3A)(?:stream)?generateContent/i.test(pathname) ? GOOGLE : OPENAI
}

function messageOf(status: number): string {
  if (status === 429) return 'Rate limit reached.'
  if (status === 529) return 'Overloaded'
  return status < 500
    ? 'The request was refused.'
    : 'The server had an error while processing your request.'
}
