/**
 * Calls of every format, each in each of its framings, with an answer to begin from.
 *
 * @module
 */

import { bytesOf, typeOf } from '../lib/formats/streams.ts'
import { pairs } from '../lib/formats/pairs.ts'
import { wholes } from '../lib/formats/wholes.ts'

export interface Subject {
  url: string
  /** Its body; none where the bytes are the request. */
  request?: string
  /** The media type of the answer. */
  type: string
  status?: number
}

const JSON_TYPE = 'application/json'

export const SUBJECTS: readonly Subject[] = [
  ...pairs.map((pair) => ({
    url: pair.streamUrl ?? pair.url,
    request: JSON.stringify({ stream: true, ...pair.request }),
    type: typeOf(pair),
  })),
  ...[...pairs, ...wholes].map(({ url, request }) => ({
    url,
    request: JSON.stringify(request),
    type: JSON_TYPE,
  })),
  { url: pairs[0]?.url ?? '', request: '{"messages":[]}', type: JSON_TYPE, status: 429 },
  ...[...new Set([...pairs, ...wholes].map(({ url }) => url))].map((url) => ({
    url,
    type: JSON_TYPE,
  })),
]

/** What to begin with: of each call an answer, or a request, that is well formed. */
export function seeds(): Uint8Array[] {
  const answers = [
    ...pairs.map((pair) => bytesOf(pair)),
    ...[...pairs, ...wholes].map(({ whole }) => encode(whole)),
    encode({ error: { message: 'No', type: 'x' } }),
    ...[...new Map([...pairs, ...wholes].map((each) => [each.url, each.request])).values()].map(
      encode,
    ),
  ]
  return answers.map((bytes, index) => Uint8Array.of(index, index % 7, ...bytes))
}

function encode(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}
