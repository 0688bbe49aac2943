/**
 * Reads the content of a message, as text or as parts, in the shapes of OpenAI, Anthropic, Google and
 * Ollama.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create
 * @see https://docs.anthropic.com/en/api/messages
 * @see https://ai.google.dev/api/caching#Part
 * @see https://docs.ollama.com/api/chat
 * @module
 */

import {
  fields,
  isObject,
  items,
  number,
  parse,
  string,
  type Json,
  type JsonObject,
} from '../../../src/lib/json.ts'
import type { Block, Media } from './turns.ts'

export function blocks(content: Json | undefined): Block[] {
  if (content === undefined || content === null) return []
  if (typeof content === 'string') return content ? [{ type: 'text', text: content }] : []
  if (Array.isArray(content)) return content.map(block)
  return [block(content)]
}

function block(part: Json): Block {
  if (typeof part === 'string') return { type: 'text', text: part }
  if (!isObject(part)) return { type: 'other', name: 'part', content: part }
  const type = string(part.type)
  const known = type === undefined ? googlePart(part) : typedPart(type, part)
  return known ?? { type: 'other', name: type ?? nameOf(part), content: part }
}

/** Google names a part by its member: `{ executableCode: … }`. */
function nameOf(part: JsonObject): string {
  const [name, ...others] = Object.keys(part).filter((key) => !key.startsWith('thought'))
  return name !== undefined && others.length === 0 ? name : 'part'
}

function typedPart(type: string, part: JsonObject): Block | undefined {
  switch (type) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return words('text', part.text)
    case 'thinking':
      return words('reasoning', part.thinking)
    case 'reasoning':
      return words('reasoning', part.text ?? part.content)
    case 'refusal':
      return words('refusal', part.refusal)
    case 'tool_use':
    case 'server_tool_use':
      return toolCall(part.id, part.name, part.input)
    case 'tool_result':
      return toolResult(part.tool_use_id, part.content, part.is_error === true)
    case 'image_url':
      return media('image', string(fields(part.image_url).url) ?? string(part.image_url))
    case 'input_image':
      return media('image', string(part.image_url))
    case 'image':
      return part.source ? anthropicSource('image', fields(part.source)) : recorded('image', part)
    case 'document':
      if (part.mime_type !== undefined) return recorded('file', part)
      return anthropicSource('file', fields(part.source))
    case 'audio':
    case 'video':
      return recorded(type, part)
    case 'input_audio':
      return inline('audio', fields(part.input_audio).format, fields(part.input_audio).data)
    case 'file':
    case 'input_file':
      if (number(part.bytes) !== undefined) return recorded('file', part)
      return media('file', string(fields(part.file).file_data) ?? string(part.file_data))
  }
  return undefined
}

function googlePart(part: JsonObject): Block | undefined {
  const { text, thought, functionCall, functionResponse } = part
  if (typeof text === 'string') return { type: thought === true ? 'reasoning' : 'text', text }
  if (isObject(functionCall)) return toolCall(functionCall.id, functionCall.name, functionCall.args)
  if (isObject(functionResponse)) {
    const { id, name, response } = functionResponse
    return toolResult(id ?? name, response, false, name)
  }
  const file = fields(part.fileData ?? part.file_data)
  const address = string(file.fileUri ?? file.file_uri)
  if (address !== undefined) {
    const format = string(file.mimeType ?? file.mime_type)
    return { type: 'media', what: 'file', format, address }
  }
  const data = fields(part.inlineData ?? part.inline_data)
  if (typeof data.data !== 'string') return undefined
  return inline('media', data.mimeType ?? data.mime_type, data.data)
}

function words(type: 'text' | 'reasoning' | 'refusal', text: Json | undefined): Block | undefined {
  return typeof text === 'string' ? { type, text } : undefined
}

/** Arguments come as JSON or as text of it. */
export function toolCall(id: Json | undefined, name: Json | undefined, input?: Json): Block {
  const given = typeof input === 'string' ? (parse(input) ?? input) : (input ?? {})
  return { type: 'call', id: string(id), name: string(name) ?? 'unnamed', arguments: given }
}

export function toolResult(
  of: Json | undefined,
  content: Json | undefined,
  failed: boolean,
  name?: Json,
): Block {
  const plain = isObject(content) && string(content.type) === undefined
  const inner: Block[] = plain ? [{ type: 'other', name: 'result', content }] : blocks(content)
  return { type: 'result', of: string(of), name: string(name), failed, blocks: inner }
}

/** Ollama's, in base64 beside the content. */
export function pictures(images: Json | undefined): Block[] {
  return items(images).flatMap((image) => inline('image', undefined, image) ?? [])
}

/** An address, or a `data:` one that holds the file itself. */
function media(what: string, address: string | undefined): Media | undefined {
  if (address === undefined) return undefined
  const data = /^data:([\w.+/-]*)[^,]{0,100},/.exec(address)
  if (!data) return { type: 'media', what, address }
  return { type: 'media', what, format: data[1], bytes: decoded(address.length - data[0].length) }
}

/** As records carry what a model made: by type and size; and Google's interactions what they are given. */
function recorded(what: string, part: JsonObject): Media {
  const facts = [string(part.format ?? part.mime_type), string(part.size)].filter(
    (fact) => fact !== undefined,
  )
  return {
    type: 'media',
    what,
    format: facts.join(', ') || undefined,
    bytes: typeof part.data === 'string' ? decoded(part.data.length) : number(part.bytes),
    address: string(part.url ?? part.uri),
    caption: string(part.revised_prompt),
  }
}

function anthropicSource(what: string, source: JsonObject): Media | undefined {
  if (typeof source.url === 'string') return media(what, source.url)
  return inline(what, source.media_type, source.data)
}

function inline(what: string, format: Json | undefined, data: Json | undefined): Media | undefined {
  if (typeof data !== 'string') return undefined
  return { type: 'media', what, format: string(format), bytes: decoded(data.length) }
}

/** Four characters of base64 hold three bytes. */
function decoded(characters: number): number {
  return Math.floor((characters * 3) / 4)
}
