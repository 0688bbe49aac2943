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
import type { Json } from '../../src/lib/json.ts'
import { readBytes, readJson, utf8 } from '../api/body.ts'
import { Refused } from '../api/refused.ts'
import { failure, type Report } from '../api/report.ts'
import type { ProjectEnv } from '../auth/access.ts'
import type { IngestDoor } from '../auth/ingest-door.ts'
import type { Store } from '../store/store.ts'
import { MAX_BODY_BYTES } from './limits.ts'
import { decodeRequest, encodeResponse, encodeStatus } from './protobuf.ts'
import { readRequest, type Taken } from './request.ts'

const PATH = '/v1/traces'

const RETRY_AFTER_SECONDS = 5

const JSON_TYPE = 'application/json'
const PROTOBUF_TYPE = 'application/x-protobuf'

/** By HTTP status the code of gRPC, which `Status` has. */
const CODES = { 400: 3, 401: 16, 403: 7, 408: 4, 413: 8, 415: 3, 429: 8, 503: 14 } as const
type Status = keyof typeof CODES

export interface OtlpOptions {
  store: Store
  /** Who may send. */
  door: IngestDoor
  /** In which a body has to be here. */
  bodySeconds: number
  report: Report
}

export function otlp({ store, door, bodySeconds, report }: OtlpOptions): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  app.post(PATH, door(refuse), async (context) => {
    const read = await readBodyOf(context, bodySeconds)
    context.set('ingested', { accepted: 0, rejected: 0, bytes: read.length })
    const taken = readRequest(parsed(context, read))
    const { changes, rejected } = taken
    if (changes.length > 0) await store.write(context.get('project'), changes)
    context.set('ingested', { accepted: changes.length, rejected, bytes: read.length })
    return accept(context, taken)
  })
  app.onError((error, context) => {
    if (error instanceof Refused) return refuse(context, error.status, error.message)
    report(failure(context, 'otlp failed', error))
    context.header('retry-after', String(RETRY_AFTER_SECONDS))
    return refuse(context, 503, 'the traces could not be stored now; send them again later')
  })
  return app
}

async function readBodyOf(context: Context, seconds: number): Promise<Uint8Array> {
  if (typeOf(context) === undefined) {
    throw new Refused(`the content-type must be ${JSON_TYPE} or ${PROTOBUF_TYPE}`, 415)
  }
  return readBytes(context.req.raw, MAX_BODY_BYTES, seconds)
}

function parsed(context: Context, body: Uint8Array): Json {
  if (typeOf(context) === PROTOBUF_TYPE) return decoded(body)
  return readJson(utf8(body))
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

function refuse(context: Context<ProjectEnv>, status: Status, reason: string): Response {
  const code = CODES[status]
  if (typeOf(context) === PROTOBUF_TYPE) return bytes(context, status, encodeStatus(code, reason))
  return context.json({ code, message: reason }, status)
}

function bytes(context: Context, status: Status | 200, body: Uint8Array): Response {
  context.header('content-type', PROTOBUF_TYPE)
  return context.body(new Uint8Array(body).buffer, status)
}
