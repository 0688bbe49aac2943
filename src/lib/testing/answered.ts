/**
 * An answer as a cassette says it: headers of an allow list, and its body in the chunks in which it came.
 *
 * @module
 */

import { mask, maskJson } from '../redact.ts'
import type { RecordedChunk, RecordedResponse } from './recording.ts'

/** Those that clients and formats look at. */
const RESPONSE_HEADERS =
  /^(?:content-type|retry-after(?:-ms)?|x-should-retry|(?:.+-)?request-?id|x-generation-id|cf-ray|cf-aig-.*|openai-(?:model|processing-ms|version)|(?:.+-)?ratelimit-.*|x-amzn-(?:errortype|bedrock-.*))$/

export function headOf({ status, statusText, headers }: Response, ms: number): RecordedResponse {
  const kept = [...headers].flatMap(([name, value]): [string, string][] =>
    RESPONSE_HEADERS.test(name) ? [[name, mask(value)]] : [],
  )
  return {
    ms: Math.round(ms),
    status,
    ...(statusText && { statusText }),
    headers: Object.fromEntries(kept),
  }
}

export type TimedBytes = readonly [ms: number, bytes: Uint8Array]

/**
 * The chunks as text without secrets, or as base64 if all of them together are no text.
 *
 * Where a chunk ends within a character, the character is in the next one.
 */
export function chunksOf(came: readonly TimedBytes[]): readonly RecordedChunk[] {
  const texts = textsOf(came)
  if (!texts) return came.map(([ms, bytes]) => [Math.round(ms), base64(bytes), 'base64'])
  const masked = texts.map(([ms, text]): readonly [number, string] => [ms, maskJson(text)])
  const all = maskJson(texts.map(([, text]) => text).join(''))
  const first = masked[0]
  // A secret may lie across two chunks: then they are one.
  if (first && all !== masked.map(([, text]) => text).join('')) return [[first[0], all]]
  return masked.filter(([, text]) => text !== '')
}

function textsOf(came: readonly TimedBytes[]): (readonly [number, string])[] | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    const texts = came.map(([ms, bytes]): readonly [number, string] => [
      Math.round(ms),
      decoder.decode(bytes, { stream: true }),
    ])
    decoder.decode() // throws where the last character has not come in full
    return texts
  } catch {
    return undefined
  }
}

const MAX_ARGUMENTS = 8_192

function base64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += MAX_ARGUMENTS)
    binary += String.fromCharCode(...bytes.subarray(at, at + MAX_ARGUMENTS))
  return btoa(binary)
}

/** The bytes that a chunk stands for. */
export function bytesOf([, content, encoding]: RecordedChunk): Uint8Array<ArrayBuffer> {
  if (encoding !== 'base64') return new TextEncoder().encode(content)
  return Uint8Array.from(atob(content), (character) => character.charCodeAt(0))
}
