/**
 * What a cassette keeps of one exchange, and the reader of it: plain JSON without secrets.
 *
 * @module
 */

import { fields, isObject, items, number, string, type Json, type JsonObject } from '../json.ts'

export interface Recording {
  request: RecordedRequest
  /** None where `fetch` failed before there was one. */
  response?: RecordedResponse
  /** `cancelled`: by who had asked. `failed`: `error` says how. */
  ended: 'complete' | 'cancelled' | 'failed'
  error?: { name: string; message: string; cause?: string }
}

export interface RecordedRequest {
  method: string
  /** Without user info and fragment; of query parameters the harmless ones alone have their value. */
  url: string
  /** Those of an allow list. */
  headers: Readonly<Record<string, string>>
  /** None where nothing was sent. */
  body?: RecordedBody
}

/** `unseen` says why it could not be looked into. */
export type RecordedBody = { json: Json } | { text: string } | { unseen: string }

export interface RecordedResponse {
  /** When its head came, in milliseconds after the request; and so with each chunk. */
  ms: number
  status: number
  statusText?: string
  headers: Readonly<Record<string, string>>
  /** None where there was no body. */
  chunks?: readonly RecordedChunk[]
}

/** When it came, and what: text, or base64 where the body is none. */
export type RecordedChunk =
  | readonly [ms: number, text: string]
  | readonly [ms: number, base64: string, encoding: 'base64']

/** The recording that this JSON is, or `undefined` if it is none. */
export function readRecording(json: Json): Recording | undefined {
  const { request, response, ended, error } = fields(json)
  const asked = readRequest(fields(request))
  const answered = response === undefined ? undefined : readResponse(fields(response))
  if (!asked || (response !== undefined && !answered)) return undefined
  if (ended !== 'complete' && ended !== 'cancelled' && ended !== 'failed') return undefined
  return {
    request: asked,
    ...(answered && { response: answered }),
    ended,
    ...(error !== undefined && { error: readError(fields(error)) }),
  }
}

function readError({ name, message, cause }: JsonObject): NonNullable<Recording['error']> {
  return {
    name: string(name) ?? 'Error',
    message: string(message) ?? '',
    ...(typeof cause === 'string' && { cause }),
  }
}

function readRequest({ method, url, headers, body }: JsonObject): RecordedRequest | undefined {
  if (typeof method !== 'string' || typeof url !== 'string') return undefined
  const read = readBody(fields(body))
  return { method, url, headers: texts(headers), ...(read && { body: read }) }
}

function readBody({ json, text, unseen }: JsonObject): RecordedBody | undefined {
  if (json !== undefined) return { json }
  if (typeof text === 'string') return { text }
  return typeof unseen === 'string' ? { unseen } : undefined
}

function readResponse(response: JsonObject): RecordedResponse | undefined {
  const { ms, status, statusText, headers, chunks } = response
  const code = number(status)
  if (code === undefined || code < 200 || code > 599) return undefined
  const read = items(chunks).map(readChunk)
  const known = read.flatMap((chunk) => chunk ?? [])
  if (known.length < read.length) return undefined
  return {
    ms: number(ms) ?? 0,
    status: code,
    ...(typeof statusText === 'string' && { statusText }),
    headers: texts(headers),
    ...(chunks !== undefined && { chunks: known }),
  }
}

function readChunk(chunk: Json): [RecordedChunk] | undefined {
  const [ms, text, encoding] = items(chunk)
  if (typeof ms !== 'number' || typeof text !== 'string') return undefined
  return [encoding === 'base64' ? [ms, text, encoding] : [ms, text]]
}

function texts(headers: Json | undefined): Record<string, string> {
  if (!isObject(headers)) return {}
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )
}
