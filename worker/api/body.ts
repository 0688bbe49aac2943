/**
 * A request's body, never more than a limit: counted as it comes and again as it inflates,
 * so that a small body that inflates without end stops at the limit. And never longer than a time:
 * one that trickles in byte by byte holds nobody up.
 *
 * @module
 */

// Not DecompressionStream: in workerd it inflates all that it is given before anyone reads.
import { gunzipSync } from 'node:zlib'
import type { Json } from '../../src/lib/json.ts'
import { count, Refused } from './refused.ts'

/** For the largest body over a slow line: 10 MB at 1.4 Mbit/s. */
export const BODY_SECONDS = 60

/**
 * @param seconds In which all of it has to be here.
 * @throws {Refused} As `readBytes`, and 400 for what is no UTF-8.
 */
export async function readBody(
  request: Request,
  limit: number,
  seconds: number = BODY_SECONDS,
): Promise<string> {
  return utf8(await readBytes(request, limit, seconds))
}

/**
 * @param seconds In which all of it has to be here.
 * @throws {Refused} 413 past the limit, 408 past the time, 415 for an unknown encoding, 400 for what
 *   cannot be inflated.
 */
export async function readBytes(
  request: Request,
  limit: number,
  seconds: number = BODY_SECONDS,
): Promise<Uint8Array> {
  const encoding = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase()
  const body = request.body ?? new Blob([]).stream()
  if (encoding !== 'identity' && encoding !== 'gzip') {
    await body.cancel()
    throw new Refused('the content-encoding may be gzip or none, found another', 415)
  }
  const bytes = await collect(body, limit, seconds)
  return encoding === 'gzip' ? inflate(bytes, limit) : bytes
}

async function collect(
  stream: ReadableStream<Uint8Array>,
  limit: number,
  seconds: number,
): Promise<Uint8Array> {
  const reader = stream.getReader()
  const late = expiry(seconds)
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await Promise.race([next(reader), late.expired])
      if (done) return join(chunks, length)
      length += value.byteLength
      if (length > limit) throw tooLarge(limit)
      chunks.push(value)
    }
  } catch (error) {
    // Not waited for: whoever sends so slowly, or no more, may never hear of it.
    reader.cancel(error).catch(() => {})
    throw error
  } finally {
    late.clear()
  }
}

/** Whoever cut the line reads no answer; nothing of the body is stored. */
function next(reader: ReadableStreamDefaultReader<Uint8Array>) {
  return reader.read().catch(() => {
    throw new Refused('the body ended before it was whole')
  })
}

function expiry(seconds: number): { expired: Promise<never>; clear(): void } {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new Refused(`the body was not here within ${seconds} seconds`, 408)),
    seconds * 1000,
  )
  promise.catch(() => {}) // it may be done by then
  return { expired: promise, clear: () => clearTimeout(timer) }
}

function inflate(bytes: Uint8Array, limit: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: limit })
  } catch (error) {
    throw error instanceof RangeError ? tooLarge(limit) : new Refused('the body is not valid gzip')
  }
}

function tooLarge(limit: number): Refused {
  return new Refused(`the body may have ${count(limit)} bytes, found more`, 413)
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.byteLength
  }
  return whole
}

/** @throws {Refused} 400 for what is no UTF-8. */
export function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    throw new Refused('the body is not valid UTF-8')
  }
}

/**
 * All of it, however deep: that something lies too deep is said where it is read, and is never left
 * out here.
 *
 * @throws {Refused} 400 for what is no JSON.
 */
export function readJson(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refused('the body is not valid JSON')
  }
}
