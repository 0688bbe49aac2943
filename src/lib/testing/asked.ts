/**
 * A request as a cassette says it: what of it may be kept, without secrets.
 *
 * @module
 */

import { addressed, look, type SeenBody } from '../capture/request.ts'
import { parse } from '../json.ts'
import { mask, maskJson, safeUrl } from '../redact.ts'
import type { RecordedBody, RecordedRequest } from './recording.ts'

/** Of a body and of an answer no more is kept. */
export const MAX_BODY_BYTES = 16_777_216

/** Those that say how a request is to be read. None is compared when it is replayed. */
const REQUEST_HEADERS = [
  'accept',
  'anthropic-beta',
  'anthropic-version',
  'content-type',
  'openai-beta',
  'x-stainless-retry-count',
]

export interface Asked {
  signal: AbortSignal | undefined
  request: Omit<RecordedRequest, 'body'>
  body: SeenBody
}

/** Looks at what `fetch` is given and leaves it as it is; `undefined` for what `fetch` will refuse. */
export function askedOf(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Asked | undefined {
  const { method, url } = addressed(input, init) ?? {}
  if (!method || !url) return undefined
  const { header, signal, body } = look(url, input, init, MAX_BODY_BYTES)
  const headers = REQUEST_HEADERS.flatMap((name): [string, string][] => {
    const value = header(name)
    return value === undefined ? [] : [[name, mask(value).replace(/(boundary)=.*/, '$1')]]
  })
  const request = { method, url: safeUrl(url), headers: Object.fromEntries(headers) }
  return { signal, request, body }
}

/** The same with its body, which may have to be waited for. */
export async function requestOf({ request, body }: Asked): Promise<RecordedRequest> {
  if ('unseen' in body) return { ...request, body }
  const text = 'text' in body ? body.text : await body.later
  const kept = text === undefined ? { unseen: 'a body that could not be read' } : bodyOf(text)
  return { ...request, ...(kept && { body: kept }) }
}

function bodyOf(text: string): RecordedBody | undefined {
  if (text === '') return undefined
  if (text.length > MAX_BODY_BYTES) return { unseen: `a body of ${text.length} characters` }
  const masked = maskJson(text)
  const json = parse(masked)
  return json === undefined ? { text: masked } : { json }
}
