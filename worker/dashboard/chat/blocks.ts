/**
 * Reads the content of a message, as text or as parts, in the shapes of OpenAI, Anthropic, Google,
 * Bedrock, Ollama and the AI SDK.
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
import { jsonText } from '../json-text.ts'
import { anthropicSource, inline, media, recorded, sdkFile } from './media.ts'
import type { Block } from './turns.ts'

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
  const known = type === undefined ? namedPart(part) : typedPart(type, part)
  return known ?? { type: 'other', name: type ?? nameOf(part), content: part }
}

/** Google and Bedrock name a part by its member: `{ executableCode: … }`. */
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
    case 'tool-call':
      return toolCall(part.toolCallId, part.toolName, part.input)
    case 'tool-result': {
      const { type: kind, value } = fields(part.output)
      const failed = string(kind)?.startsWith('error') === true
      return toolResult(part.toolCallId, value ?? part.output, failed, part.toolName)
    }
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
      if (part.mediaType !== undefined) return sdkFile(part)
      return media('file', string(fields(part.file).file_data) ?? string(part.file_data))
  }
  return undefined
}

function namedPart(part: JsonObject): Block | undefined {
  return googlePart(part) ?? bedrockPart(part)
}

function bedrockPart({ toolUse, toolResult: result, ...part }: JsonObject): Block | undefined {
  const { reasoningContent, citationsContent, image, document, video } = part
  const use = fields(toolUse)
  if (isObject(toolUse)) return toolCall(use.toolUseId, use.name, use.input)
  if (isObject(result)) {
    return toolResult(result.toolUseId, result.content, result.status === 'error')
  }
  const thought = fields(fields(reasoningContent).reasoningText).text
  if (thought !== undefined) return words('reasoning', thought)
  const cited = items(fields(citationsContent).content).map((one) => string(fields(one).text) ?? '')
  if (cited.length > 0) return { type: 'text', text: cited.join('') }
  const file = fields(image ?? document ?? video)
  const { bytes, s3Location } = fields(file.source)
  const address = string(fields(s3Location).uri)
  const what = image ? 'image' : video ? 'video' : 'file'
  if (address !== undefined) return { type: 'media', what, format: string(file.format), address }
  return inline(what, file.format, bytes)
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
  const isJson = typeof input === 'string' && typeof given !== 'string'
  const sent = isJson && input !== jsonText(given) ? { sent: input } : {}
  return {
    type: 'call',
    id: string(id),
    name: string(name) ?? 'unnamed',
    arguments: given,
    ...sent,
  }
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
