/**
 * Reads files in a message: by their type and size, or the address they lie at. None is ever loaded.
 *
 * @module
 */

import { fields, items, number, string, type Json, type JsonObject } from '../../../src/lib/json.ts'
import { bytesReferred } from '../../../src/lib/media.ts'
import type { Media } from './turns.ts'

/** The AI SDK's: base64, or what holds it, or an address. */
export function sdkFile({ mediaType, data }: JsonObject): Media | undefined {
  const what = /^(?:image|audio|video)/.exec(string(mediaType) ?? '')?.[0] ?? 'file'
  const url = string(fields(data).url) ?? string(data)
  const isAddress = url !== undefined && /^\w+:/.test(url)
  return isAddress ? media(what, url) : inline(what, mediaType, fields(data).data ?? data)
}

/** Ollama's, in base64 beside the content. */
export function pictures(images: Json | undefined): Media[] {
  return items(images).flatMap((image) => inline('image', undefined, image) ?? [])
}

/** An address, or a `data:` one that holds the file itself. */
export function media(what: string, address: string | undefined): Media | undefined {
  if (address === undefined) return undefined
  const data = /^data:([\w.+/-]*)[^,]{0,100},/.exec(address)
  if (!data) return { type: 'media', what, address }
  return { type: 'media', what, format: data[1], bytes: decoded(address.slice(data[0].length)) }
}

/** As records carry what a model made: by type and size; and Google's interactions what they are given. */
export function recorded(what: string, part: JsonObject): Media {
  const facts = [string(part.format ?? part.mime_type), string(part.size)].filter(
    (fact) => fact !== undefined,
  )
  return {
    type: 'media',
    what,
    format: facts.join(', ') || undefined,
    bytes: typeof part.data === 'string' ? decoded(part.data) : number(part.bytes),
    address: string(part.url ?? part.uri),
    caption: string(part.revised_prompt),
  }
}

export function anthropicSource(what: string, source: JsonObject): Media | undefined {
  if (typeof source.url === 'string') return media(what, source.url)
  return inline(what, source.media_type, source.data)
}

export function inline(
  what: string,
  format: Json | undefined,
  data: Json | undefined,
): Media | undefined {
  if (typeof data !== 'string') return undefined
  return { type: 'media', what, format: string(format), bytes: decoded(data) }
}

/** Four characters of base64 hold three bytes; a reference says how many there were. */
function decoded(base64: string): number {
  return bytesReferred(base64) ?? Math.floor((base64.length * 3) / 4)
}
