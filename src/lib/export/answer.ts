/**
 * What a receiver answered: read to a limit, and told of without what the request was sent with.
 *
 * @module
 */

import { mask, REDACTED } from '../redact.ts'

const MAX_REASON = 300
/** What is shorter stands in too many words. */
const MIN_SECRET = 6

/** No more than so many bytes of it; then it is let go. */
export async function readSome(response: Response, maxBytes: number): Promise<Uint8Array> {
  const { body } = response
  if (!body) return new Uint8Array(await response.arrayBuffer())
  const reader = body.getReader()
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  while (length < maxBytes) {
    const { done, value } = await reader.read()
    if (done) break
    pieces.push(value.subarray(0, maxBytes - length))
    length += value.length
  }
  reader.cancel().catch(() => {}) // it has said enough
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}

/** The reason that was given, as it may be told to anybody. */
export function safely(text: string | undefined, secrets: readonly string[]): string {
  let told = text?.trim() || 'no reason given'
  for (const secret of secrets) {
    if (secret.length >= MIN_SECRET) told = told.replaceAll(secret, REDACTED)
  }
  return mask(told).slice(0, MAX_REASON)
}
