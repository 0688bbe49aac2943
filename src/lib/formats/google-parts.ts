/**
 * Parts of an answer as Google's APIs tell them: one after the other, and in a stream in any pieces.
 *
 * @module
 */

import { bytesOf } from '../bulk.ts'
import { defined, fields, number, string, type Json, type JsonObject } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { Choice } from '../message.ts'
import { addOther, addText } from './reply.ts'

/** What a reply says of itself; each event of a stream may say it again. */
export function nameReply(call: ModelCall, id: Json | undefined, model: Json | undefined): void {
  call.response.id = string(id) ?? call.response.id
  call.response.model = string(model) ?? call.response.model
}

/** Text goes on in the part before it, if that is of its kind: a stream cuts it anywhere. */
export function sayText(
  call: ModelCall,
  choice: Choice,
  kind: 'text' | 'reasoning',
  text: Json | undefined,
): void {
  const { parts } = choice.message
  const slot = parts.at(-1)?.type === kind ? parts.length - 1 : parts.length
  addText(call, choice, slot, kind, string(text))
}

/** Of a picture or a sound its type and size; a stream tells its sound in pieces. */
export function addMedia(call: ModelCall, choice: Choice, media: JsonObject): void {
  const { type, mimeType, mime_type, data, uri } = media
  const format = string(mimeType ?? mime_type) ?? ''
  const [, kind = 'file'] = /^(image|audio|video)\b/.exec(string(type) ?? format) ?? []
  const { parts } = choice.message
  const last = parts.at(-1)
  const before = fields(last?.type === 'other' ? last.content : undefined)
  const isPiece = kind === 'audio' && before.type === kind && before.format === format
  const earlier = isPiece ? (number(before.bytes) ?? 0) : 0
  addOther(
    call,
    choice,
    parts.length - Number(isPiece),
    kind,
    defined({
      type: kind,
      format,
      bytes: typeof data === 'string' ? earlier + bytesOf(data) : undefined,
      url: /^[^?#]*/.exec(string(uri) ?? '')?.[0] || undefined,
    }),
  )
}
