/**
 * Requests of OpenAI Responses.
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
} from './example.ts'

export const responsesExample: ExampleReader = (body, skip) => {
  const { instructions, input, tools, previous_response_id, conversation, prompt } = body
  if (previous_response_id ?? conversation ?? prompt) {
    skip('what came before is kept by the provider, and not in the request')
  }
  const messages: Message[] = []
  if (typeof instructions === 'string') messages.push({ role: 'system', content: instructions })
  if (typeof input === 'string') messages.push({ role: 'user', content: input })
  for (const item of items(input)) readItem(messages, fields(item), skip)
  return { messages, tools: items(tools).flatMap((tool) => readTool(fields(tool), skip)) }
}

function readItem(messages: Message[], item: JsonObject, skip: Skip): void {
  const { type = 'message', role, content, call_id, name, output } = item
  switch (type) {
    case 'message':
      return readMessage(
        messages,
        role,
        contentIn(content, (part) => readPart(part, skip)),
        skip,
      )
    case 'function_call':
      return addToAssistant(messages, '', [toolCall(string(call_id) ?? '', name, item.arguments)])
    case 'function_call_output': {
      const said = contentIn(output, (part) => readPart(part, skip))
      messages.push({ role: 'tool', tool_call_id: string(call_id) ?? '', content: said })
      return
    }
    case 'reasoning': // which the format does not train
      return
    default:
      skip(`it has an item of the type "${String(type)}"`)
  }
}

function readMessage(
  messages: Message[],
  role: Json | undefined,
  content: Exclude<Message['content'], null>,
  skip: Skip,
): void {
  if (role === 'assistant') return addToAssistant(messages, content, [])
  if (role === 'user') messages.push({ role, content })
  else if (role === 'system' || role === 'developer') messages.push({ role: 'system', content })
  else skip(`it has a message of the role "${String(role)}"`)
}

function readPart(part: Json, skip: Skip): readonly ContentPart[] {
  const { type, text, image_url, detail } = fields(part)
  if ((type === 'input_text' || type === 'output_text') && typeof text === 'string') {
    return [{ type: 'text', text }]
  }
  if (type === 'input_image') return image(image_url, skip, detail)
  skip(`it has content of the type "${String(type)}"`)
  return []
}

function readTool({ type, name, ...tool }: JsonObject, skip: Skip): readonly Tool[] {
  if (type !== 'function') return hosted(String(type), skip)
  const { description, parameters, strict } = tool
  return [{ type, function: defined({ name, description, parameters, strict }) }]
}
