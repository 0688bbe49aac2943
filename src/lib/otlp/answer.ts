/**
 * What a receiver made of a request, by the rules of OTLP.
 *
 * An answer is read to a limit, and nothing that is told of it holds what the request was sent with.
 *
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/main/docs/specification.md#otlphttp-response
 * @module
 */

import { RetryLater, TooLarge, type ExportReceipt } from '../export/exporter.ts'
import { fields, number, string, type Json } from '../json.ts'
import type { SpanRecord } from '../record.ts'
import { mask, REDACTED } from '../redact.ts'
import { retryAfter } from '../retry-after.ts'
import { json, type Encoding } from './encoding.ts'
import type { Endpoint } from './options.ts'

/** The specification lets a client read 4 MiB; an answer says a number and a sentence. */
const MAX_BYTES = 65_536
const MAX_REASON = 300

const RETRYABLE = new Set([429, 502, 503, 504])

/** @throws {RetryLater} Where the specification allows another attempt; {TooLarge} where less may be taken. */
export async function readAnswer(
  response: Response,
  records: readonly SpanRecord[],
  encoding: Encoding,
  { headers }: Endpoint,
): Promise<ExportReceipt> {
  const { ok, status } = response
  const type = response.headers.get('content-type') ?? ''
  const bytes = await readSome(response)
  const said = /json/i.test(type) ? json.decode(bytes) : ok ? encoding.decode(bytes) : undefined
  const reason = (text: string | undefined) => safely(text, headers)
  if (ok) return partly(said, records, reason)
  const text = /text\/plain/i.test(type) ? new TextDecoder().decode(bytes) : undefined
  const { message, error } = fields(said)
  const told = `${status} ${reason(string(message) ?? string(error) ?? text)}${HINTS[status] ?? ''}`
  if (status === 413) throw new TooLarge(told)
  if (RETRYABLE.has(status)) throw new RetryLater(told, retryAfter(response.headers))
  return { rejected: records.map(({ id }) => ({ id, reason: told })) }
}

/** How many were refused is said, and not which: the first ones stand for them. */
function partly(
  said: Json | undefined,
  records: readonly SpanRecord[],
  reasonOf: (text: string | undefined) => string,
): ExportReceipt {
  const { rejectedSpans, errorMessage } = fields(fields(said).partialSuccess)
  const count = number(rejectedSpans) ?? Number(string(rejectedSpans) ?? 0)
  if (!(count > 0)) return { rejected: [] }
  const reason = `${reasonOf(string(errorMessage))} (the receiver does not say which)`
  return { rejected: records.slice(0, count).map(({ id }) => ({ id, reason })) }
}

const HINTS: Partial<Record<number, string>> = {
  401: '. The receiver does not know who sends: check the headers of otlp.',
  403: '. The receiver does not let this sender in: check the headers of otlp.',
  404: '. Nothing listens there: check the url of otlp.',
  413: '. The request is too large: lower capture.maxBytes.',
  415: '. The receiver does not take this encoding: pass protobuf of carrot-trace/otlp/protobuf.',
}

function safely(text: string | undefined, headers: Endpoint['headers']): string {
  let told = text?.trim() || 'no reason given'
  for (const value of Object.values(headers).flatMap((header) => [header, ...header.split(' ')])) {
    if (value.length > MIN_SECRET) told = told.replaceAll(value, REDACTED)
  }
  return mask(told).slice(0, MAX_REASON)
}

const MIN_SECRET = 5

async function readSome({ body }: Response): Promise<Uint8Array> {
  if (!body) return new Uint8Array()
  const reader = body.getReader()
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  while (length < MAX_BYTES) {
    const { done, value } = await reader.read()
    if (done) break
    pieces.push(value.subarray(0, MAX_BYTES - length))
    length += value.length
  }
  reader.cancel().catch(() => {}) // it has said enough
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}
