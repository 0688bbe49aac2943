/**
 * `POST /v1/traces`: OTLP over HTTP, as JSON or protobuf, bare or in gzip.
 *
 * 200 leaves when the spans are durable; what of them was refused or left out is said in it. What cannot be
 * read is 400 and nothing of it is kept; what may be sent again later is 503. Whatever the answer, it is in the
 * encoding of the request.
 *
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/main/docs/specification.md#otlphttp
 * @module
 */

import { type Context, Hono } from 'hono'
import { parse, type Json } from '../../src/lib/json.ts'
import { readBytes, utf8 } from '../api/body.ts'
import { Refused } from '../api/refused.ts'
import type { Report } from '../api/report.ts'
import type { ProjectEnv } from '../auth/access.ts'
import { bearer } from '../auth/bearer.ts'
import type { Keys } from '../auth/keys.ts'
import type { Store } from '../store/store.ts'
import { MAX_BODY_BYTES } from './limits.ts'
import { decodeRequest, encodeResponse, encodeStatus } from './protobuf.ts'
import { readRequest, type Taken } from './request.ts'

const PATH = '/v1/traces'

const RETRY_AFTER_SECONDS = 5

const JSON_TYPE = 'application/json'
const PROTOBUF_TYPE = 'application/x-protobuf'

/** By HTTP status the code of gRPC, which `Status` has. */
const CODES = { 400: 3, 401: 16, 403: 7, 405: 12, 413: 8, 415: 3, 503: 14 } as const
type Status = keyof typeof CODES

export interface OtlpOptions {
  store: Store
  keys: Keys
  report: Report
}

export function otlp({ store, keys, report }: OtlpOptions): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  app.post(PATH, bearer(keys, 'ingest', refuse), async (context) => {
    const taken = readRequest(await readJson(context))
    if (taken.changes.length > 0) await store.write(context.get('project'), taken.changes)
    return accept(context, taken)
  })
  app.on(['PUT', 'PATCH', 'DELETE', 'OPTIONS'], PATH, (context) => {
    context.header('allow', 'GET, HEAD, POST')
    return refuse(context, 405, 'send traces by POST, and read them by GET')
  })
  app.onError((error, context) => {
    if (error instanceof Refused) return refuse(context, error.status, error.message)
    report({ event: 'otlp failed', cause: error.name })
    context.header('retry-after', String(RETRY_AFTER_SECONDS))
    return refuse(context, 503, 'the traces could not be stored now; send them again later')
  })
  return app
}

async function readJson(context: Context): Promise<Json> {
  const type = typeOf(context)
  if (type === undefined) {
    throw new Refused(`the content-type must be ${JSON_TYPE} or ${PROTOBUF_TYPE}`, 415)
  }
  const bytes = await readBytes(context.req.raw, MAX_BODY_BYTES)
  if (type === PROTOBUF_TYPE) return decoded(bytes)
  const body = parse(utf8(bytes))
  if (body === undefined) throw new Refused('the body is not valid JSON')
  return body
}

/** The library's words name bytes of the body. */
function decoded(bytes: Uint8Array): Json {
  try {
    return decodeRequest(bytes)
  } catch {
    throw new Refused('the body is no ExportTraceServiceRequest in protobuf')
  }
}

function typeOf(context: Context): typeof JSON_TYPE | typeof PROTOBUF_TYPE | undefined {
  const [type = ''] = (context.req.header('content-type') ?? '').split(';')
  switch (type.trim().toLowerCase()) {
    case JSON_TYPE:
      return JSON_TYPE
    case PROTOBUF_TYPE:
    case 'application/protobuf':
      return PROTOBUF_TYPE
  }
  return undefined
}

/** `partialSuccess` is there only where there is something to say. */
function accept(context: Context, { rejected, message }: Taken): Response {
  if (typeOf(context) === PROTOBUF_TYPE)
    return bytes(context, 200, encodeResponse(rejected, message))
  const partialSuccess = {
    ...(rejected > 0 && { rejectedSpans: String(rejected) }),
    errorMessage: message,
  }
  return context.json(rejected > 0 || message !== '' ? { partialSuccess } : {})
}

function refuse(context: Context, status: Status, reason: string): Response {
  const code = CODES[status]
  if (typeOf(context) === PROTOBUF_TYPE) return bytes(context, status, encodeStatus(code, reason))
  return context.json({ code, message: reason }, status)
}

function bytes(context: Context, status: Status | 200, body: Uint8Array): Response {
  context.header('content-type', PROTOBUF_TYPE)
  return context.body(new Uint8Array(body).buffer, status)
}
