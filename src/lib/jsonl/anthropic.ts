/**
 * Requests of Anthropic Messages.
 *
 * @module
 */

import { defined, fields, items, string, type Json, type JsonObject } from '../json.ts'
import {
  addToAssistant,
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

export const anthropicExample: ExampleReader = ({ system, messages, tools }, skip) => {
  const said = contentIn(system, (part) => readPart(part, skip))
  const read: Message[] = said === '' ? [] : [{ role: 'system', content: said }]
  for (const message of items(messages)) readMessage(read, fields(message), skip)
  return { messages: read, tools: items(tools).flatMap((tool) => readTool(fields(tool), skip)) }
}

/** Results of tools are told by the user; in the format each is a message of its own, before the words. */
function readMessage(messages: Message[], { role, content }: JsonObject, skip: Skip): void {
  const calls: ToolCall[] = []
  const said = contentIn(content, (part) => {
    const { type, id, name, input, tool_use_id, content: result } = fields(part)
    if (type === 'tool_use') calls.push(toolCall(string(id) ?? '', name, input))
    else if (type === 'tool_result') {
      const content = contentIn(result, (inner) => readPart(inner, skip))
      messages.push({ role: 'tool', tool_call_id: string(tool_use_id) ?? '', content })
    } else return readPart(part, skip)
    return []
  })
  if (role === 'assistant') return addToAssistant(messages, said, calls)
  if (role === 'system') messages.push({ role, content: said })
  else if (role !== 'user') skip(`it has a message of the role "${String(role)}"`)
  else if (said !== '') messages.push({ role, content: said })
}

function readPart(part: Json, skip: Skip): readonly ContentPart[] {
  const { type, text, source } = fields(part)
  switch (type) {
    case 'text':
      return typeof text === 'string' ? [{ type, text }] : []
    case 'thinking': // which the format does not train
    case 'redacted_thinking':
      return []
    case 'image': {
      const { type: how, media_type, data, url } = fields(source)
      return image(
        how === 'base64' ? `data:${String(media_type)};base64,${String(data)}` : url,
        skip,
      )
    }
    default:
      skip(`it has content of the type "${String(type)}"`)
      return []
  }
}

/** Tools of the provider's own have a type. */
function readTool({ type, name, ...tool }: JsonObject, skip: Skip): readonly Tool[] {
  if (type !== undefined && type !== 'custom') return hosted(String(name ?? type), skip)
  const { description, input_schema } = tool
  return [{ type: 'function', function: defined({ name, description, parameters: input_schema }) }]
}
