/**
 * Requests of OpenAI Chat Completions, in whose words examples are told.
 *
 * @module
 */

import { fields, items, string, type Json, type JsonObject } from '../json.ts'
import {
  contentIn,
  hosted,
  image,
  toolCall,
  type ContentPart,
  type ExampleReader,
  type Message,
  type Skip,
  type Tool,
  type ToolCall,
} from './example.ts'

export const chatExample: ExampleReader = ({ messages, tools, functions }, skip) => {
  if (functions !== undefined) skip('it offers functions as they were offered before tools')
  return {
    messages: items(messages).flatMap((message) => readMessage(fields(message), skip)),
    tools: items(tools).flatMap((tool) => readTool(fields(tool), skip)),
  }
}

function readMessage(message: JsonObject, skip: Skip): Message[] {
  const { role, content, tool_calls, tool_call_id, function_call, audio } = message
  const said = contentIn(content, (part) => readPart(part, skip))
  const name = typeof message.name === 'string' ? { name: message.name } : {}
  if (function_call || audio) skip('it has a turn for which the format has no place')
  switch (role) {
    case 'system':
    case 'developer':
      return [{ role: 'system', content: said, ...name }]
    case 'user':
      return [{ role, content: said, ...name }]
    case 'assistant': {
      const calls = items(tool_calls).map((call) => readToolCall(fields(call), skip))
      const called = calls.length > 0 ? { tool_calls: calls } : {}
      return [{ role, content: said === '' ? null : said, ...called, ...name }]
    }
    case 'tool':
      return [{ role, tool_call_id: string(tool_call_id) ?? '', content: said }]
    default:
      skip(`it has a message of the role "${String(role)}"`)
      return []
  }
}

function readPart(part: Json, skip: Skip): readonly ContentPart[] {
  const { type, text, image_url } = fields(part)
  if (type === 'text' && typeof text === 'string') return [{ type, text }]
  if (type === 'image_url') {
    const { url = image_url, detail } = fields(image_url)
    return image(url, skip, detail)
  }
  skip(`it has content of the type "${String(type)}"`)
  return []
}

/** Also of the answer, which records carry in these words whatever the API. */
export function readToolCall({ id, function: called }: JsonObject, skip: Skip): ToolCall {
  const { name, arguments: given } = fields(called)
  if (typeof name !== 'string') skip('it calls a tool that is no function')
  return toolCall(string(id) ?? '', name, given)
}

function readTool({ type, function: declared }: JsonObject, skip: Skip): readonly Tool[] {
  if (type !== 'function') return hosted(String(type), skip)
  return [{ type, function: fields(declared) }]
}
