/**
 * A request's body, never more than a limit: counted as it comes and again as it inflates,
 * so that a small body that inflates without end stops at the limit.
 *
 * @module
 */

// Not DecompressionStream: in workerd it inflates all that it is given before anyone reads.
import { gunzipSync } from 'node:zlib'
import { count, Refused } from './refused.ts'

/** @throws {Refused} As `readBytes`, and 400 for what is no UTF-8. */
export async function readBody(request: Request, limit: number): Promise<string> {
  return utf8(await readBytes(request, limit))
}

/** @throws {Refused} 413 past the limit, 415 for an unknown encoding, 400 for what cannot be read. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const encoding = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase()
  const body = request.body ?? new Blob([]).stream()
  if (encoding !== 'identity' && encoding !== 'gzip') {
    await body.cancel()
    throw new Refused('the content-encoding may be gzip or none, found another', 415)
  }
  const bytes = await collect(body, limit)
  return encoding === 'gzip' ? inflate(bytes, limit) : bytes
}

async function collect(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return join(chunks, length)
    length += value.byteLength
    if (length > limit) {
      await reader.cancel()
      throw tooLarge(limit)
    }
    chunks.push(value)
  }
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
