/**
 * Messages of OpenTelemetry, made of parts, as the chat messages that records carry.
 *
 * What the convention has no part for stays as it is: reading never hides a piece of a message.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/client-inference.md
 * @module
 */

import { fields, isObject, items, string, type Json, type JsonObject } from '../../src/lib/json.ts'

/** One message for each that was said, and one for each result of a tool; without why a model stopped. */
export function toMessages(list: Json | undefined): JsonObject[] {
  return items(list).flatMap((message) => {
    const { finish_reason: _known, ...told } = fields(message)
    const { parts, role, name, ...others } = told
    if (!isObject(message)) return [{ role: 'user', content: message }]
    if (!Array.isArray(parts)) return [told]
    return ofParts(string(role) ?? 'user', parts, typeof name === 'string' ? { name } : {}, others)
  })
}

/** What a model said, as one message. */
export function toAnswer(message: Json): JsonObject {
  const [first, ...others] = toMessages([message])
  if (first === undefined) return { role: 'assistant', content: null }
  // A tool that the provider runs answers within the message.
  return others.length === 0 ? first : { ...first, blocks: others }
}

function ofParts(
  role: string,
  parts: readonly Json[],
  name: JsonObject,
  others: JsonObject,
): JsonObject[] {
  const said: Json[] = []
  const calls: Json[] = []
  const results: JsonObject[] = []
  let reasoning = ''
  for (const part of parts) {
    const { type, content, id, response, result } = fields(part)
    if (type === 'tool_call') calls.push(toCall(fields(part)))
    else if (type === 'tool_call_response') {
      results.push({ role: 'tool', tool_call_id: id, content: response ?? result ?? null })
    } else if (type === 'reasoning' && typeof content === 'string') reasoning += content
    else said.push(toPart(part))
  }
  const isSaid = said.length > 0 || calls.length > 0 || reasoning !== ''
  if (!isSaid && results.length > 0) return results
  const message = {
    role,
    ...name,
    ...others,
    content: toContent(said),
    ...(reasoning !== '' && { reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
  }
  return [message, ...results]
}

function toContent(said: Json[]): Json {
  const [only] = said
  if (only === undefined) return null
  const { type, text } = fields(only)
  return said.length === 1 && type === 'text' && typeof text === 'string' ? text : said
}

export function toCall({ id, name, arguments: given }: JsonObject): JsonObject {
  return {
    id: id ?? null,
    type: 'function',
    function: {
      name: string(name) ?? '',
      arguments: typeof given === 'string' ? given : JSON.stringify(given ?? {}),
    },
  }
}

function toPart(part: Json): Json {
  if (!isObject(part)) return { type: 'text', text: string(part) ?? JSON.stringify(part) }
  const { type, content, modality, mime_type, uri, file_id } = part
  const mime = string(mime_type)
  switch (type) {
    case 'text':
      return typeof content === 'string' ? { type: 'text', text: content } : part
    case 'refusal':
      return { type, refusal: content }
    case 'uri':
      return modality === 'image'
        ? { type: 'image_url', image_url: { url: uri } }
        : { type: 'file', mime_type: mime, url: uri }
    case 'file':
      return { type, file: { file_id } }
    case 'blob': {
      const data = string(content) ?? ''
      if (modality === 'image') {
        return { type: 'image_url', image_url: { url: `data:${mime ?? 'image/*'};base64,${data}` } }
      }
      if (modality === 'audio') {
        return { type: 'input_audio', input_audio: { data, format: mime?.replace(/^.*\//, '') } }
      }
      return { type: 'file', file: { file_data: `data:${mime ?? ''};base64,${data}` } }
    }
  }
  return part
}

/** Tools as Chat Completions offers them, whatever they came in. */
export function toTools(list: Json | undefined): Json[] {
  return items(list).map((tool) => {
    const {
      type = 'function',
      name,
      description,
      parameters,
      inputSchema,
      input_schema,
    } = fields(tool)
    if (type !== 'function' || typeof name !== 'string') return tool
    return {
      type,
      function: { name, description, parameters: parameters ?? inputSchema ?? input_schema },
    }
  })
}
