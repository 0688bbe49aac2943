/**
 * One piece of a message, from any API, as a part of OpenTelemetry's.
 *
 * By what it looks like and not by the API it belongs to: gateways speak several at once. What it
 * does not know it leaves as it is, which the convention allows.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai/blob/main/model/gen-ai/gen-ai-input-messages.json
 * @module
 */

import {
  defined,
  fields,
  isObject,
  items,
  parse,
  string,
  type Json,
  type JsonObject,
} from '../json.ts'
import { bytesReferred, LEFT_OUT } from '../media.ts'

export type MessagePart = JsonObject & { readonly type: string }

export function toPart(item: Json): MessagePart {
  if (!isObject(item)) return textPart(typeof item === 'string' ? item : JSON.stringify(item))
  return (
    readText(item) ?? readCall(item) ?? readResponse(item) ?? readMedia(item) ?? readOther(item)
  )
}

export function textPart(content: string): MessagePart {
  return { type: 'text', content }
}

function readText(item: JsonObject): MessagePart | undefined {
  const { type = 'text', text, thought, refusal, thinking, summary, content } = item
  const reasoning = fields(fields(item.reasoningContent).reasoningText).text
  if (typeof reasoning === 'string') return { type: 'reasoning', content: reasoning }
  if (type === 'refusal' && typeof refusal === 'string') return { type, content: refusal }
  if (type === 'reasoning' || type === 'thinking' || thought === true) {
    return { type: 'reasoning', content: joined(thinking ?? text ?? summary ?? content) }
  }
  return String(type).endsWith('text') && typeof text === 'string' ? textPart(text) : undefined
}

function joined(said: Json | undefined): string {
  return (
    string(said) ??
    items(said)
      .map((piece) => string(fields(piece).text) ?? '')
      .join('')
  )
}

/** Of the assistant, to its application: OpenAI's in both APIs, Anthropic's, Google's, Bedrock's, Vercel's. */
export function readCall(item: JsonObject): MessagePart | undefined {
  const { type, functionCall, function_call, toolUse, custom } = item
  const inside = functionCall ?? function_call ?? toolUse ?? item.function ?? custom
  const isCall =
    isObject(inside) || /^(?:(?:custom_)?tool[_-](?:use|call)|function_call)$/.test(String(type))
  if (!isCall) return undefined
  const called = isObject(inside) ? inside : item
  const said = called.arguments ?? called.args ?? called.input ?? called.parameters
  return {
    type: 'tool_call',
    id: item.call_id ?? item.toolCallId ?? called.toolUseId ?? called.id ?? item.id,
    name: string(called.name ?? item.toolName) ?? '',
    arguments: typeof said === 'string' ? (parse(said) ?? said) : said,
  }
}

/** And what came back of it. */
function readResponse(item: JsonObject): MessagePart | undefined {
  const inside = item.functionResponse ?? item.function_response ?? item.toolResult
  const isResponse = /(?:tool[_-]result|_call_output|function_result)$/.test(String(item.type))
  if (!isObject(inside) && !isResponse) return undefined
  const { content, response, output, result, ...answer } = isObject(inside) ? inside : item
  const id =
    answer.call_id ?? answer.tool_use_id ?? answer.toolUseId ?? answer.toolCallId ?? answer.id
  return toolResponse(id, content ?? response ?? output ?? result)
}

export function toolResponse(id: Json | undefined, response: Json | undefined): MessagePart {
  return { type: 'tool_call_response', id, response: response ?? null }
}

const MEDIA = [
  'image_url',
  'input_audio',
  'inlineData',
  'inline_data',
  'fileData',
  'file_data',
  'source',
  'file',
  'image',
  'video',
  'audio',
  'document',
  'data',
] as const

/** Pictures, sound and files: inside the request, at an address, or by the id of an upload. */
function readMedia(item: JsonObject): MessagePart | undefined {
  const kind = MEDIA.find((name) => item[name] !== undefined)
  const { type = kind ?? '' } = item
  if (!kind && !/image|audio|video|file|document/.test(String(type))) return undefined
  const inside = kind && isObject(item[kind]) ? { ...item, ...fields(item[kind]) } : item
  if (inside.type === 'text' && typeof inside.data === 'string') return textPart(inside.data)
  const { bytes, uri, s3Location } = fields(inside.source)
  const fileId = inside.file_id ?? inside.fileId
  const address =
    inside.url ??
    inside.image_url ??
    inside.file_url ??
    inside.fileUri ??
    inside.file_uri ??
    inside.uri ??
    uri ??
    fields(s3Location).uri
  const [data, told] = readData(inside.data ?? inside.file_data ?? bytes ?? inside.bytes ?? address)
  const mime =
    told ?? string(inside.media_type ?? inside.mimeType ?? inside.mime_type ?? inside.mediaType)
  const named = mime ?? inside.format ?? ''
  const modality =
    /image|audio|video/.exec(`${String(named)} ${String(type)} ${kind}`)?.[0] ?? 'document'
  const about = { modality, ...(mime && { mime_type: mime }) }
  if (data) {
    const bytes = bytesReferred(data) // what the record has in its place
    const isKept = bytes === undefined && data !== LEFT_OUT
    return { type: 'blob', ...about, content: isKept ? data : '', ...defined({ bytes }) }
  }
  if (typeof address === 'string') return { type: 'uri', ...about, uri: address }
  return typeof fileId === 'string' ? { type: 'file', ...about, file_id: fileId } : undefined
}

/** Base64, bare or as an address of it; an address of anything else is none. */
function readData(said: Json | undefined): readonly (string | undefined)[] {
  if (typeof said !== 'string') return []
  const [, mime, data] = /^data:([\w./+-]*)[^,]*,(.*)$/s.exec(said) ?? []
  if (data !== undefined) return [data, mime]
  return /^[a-z][a-z\d+.-]*:/i.test(said) ? [] : [said]
}

function readOther(item: JsonObject): MessagePart {
  return { ...item, type: string(item.type) ?? Object.keys(item)[0] ?? 'unknown' }
}
