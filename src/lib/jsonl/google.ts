/**
 * Requests of Google's generateContent, in either spelling of its names.
 *
 * @module
 */

import { camelCase } from '../formats/google.ts'
import { defined, fields, isObject, items, string, type Json } from '../json.ts'
import {
  addToAssistant,
  contentOf,
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

export const googleExample: ExampleReader = (body, skip) => {
  const { contents, systemInstruction, tools, cachedContent } = camelCase(body)
  if (cachedContent) skip('what came before is kept by the provider, and not in the request')
  const messages: Message[] = []
  const called: ToolCall[] = []
  const answered = new Set<ToolCall>() // by results that do not say their ids
  const { said } = readParts(fields(systemInstruction).parts ?? systemInstruction, [])
  if (said.length > 0) messages.push({ role: 'system', content: contentOf(said) })
  for (const turn of isObject(contents) ? [contents] : items(contents)) {
    const { role, parts } = fields(turn)
    const results: Message[] = []
    const { said, calls } = readParts(parts, results)
    messages.push(...results)
    if (role === 'model') addToAssistant(messages, contentOf(said), calls)
    else if (said.length > 0) messages.push({ role: 'user', content: contentOf(said) })
  }
  return { messages, tools: items(tools).flatMap((tool) => readTools(tool, skip)) }

  function readParts(parts: Json | undefined, results: Message[]) {
    const calls: ToolCall[] = []
    const listed = typeof parts === 'string' ? [{ text: parts }] : isObject(parts) ? [parts] : parts
    const said = items(listed).flatMap((part): readonly ContentPart[] => {
      const { text, thought, functionCall, functionResponse, inlineData } = camelCase(part)
      if (thought === true) return [] // which the format does not train
      if (typeof text === 'string') return [{ type: 'text', text }]
      if (isObject(functionCall)) {
        const { id, name, args } = functionCall
        const call = toolCall(string(id) ?? callId(called.length), name, args)
        calls.push(call)
        called.push(call)
        return []
      }
      if (isObject(functionResponse)) {
        const { id, name, response } = functionResponse
        const content = JSON.stringify(response ?? null)
        results.push({ role: 'tool', tool_call_id: string(id) ?? idOf(name), content })
        return []
      }
      const { mimeType, data } = camelCase(inlineData)
      if (string(mimeType)?.startsWith('image/')) {
        return image(`data:${String(mimeType)};base64,${String(data)}`, skip)
      }
      skip(`it has content of the kind "${Object.keys(fields(part)).join(', ')}"`)
      return []
    })
    return { said, calls }
  }

  /** Of the first call of this tool that has no result yet. */
  function idOf(name: Json | undefined): string {
    const call = called.find((each) => each.function.name === name && !answered.has(each))
    if (!call) {
      skip('it has the result of a tool that was not called')
      return ''
    }
    answered.add(call)
    return call.id
  }
}

/** The API may name none; the format has to. */
export function callId(index: number): string {
  return `call_${index + 1}`
}

function readTools(tool: Json, skip: Skip): readonly Tool[] {
  const { functionDeclarations, ...hostedOnes } = camelCase(tool)
  const own = Object.keys(hostedOnes)[0]
  if (own !== undefined) return hosted(own, skip)
  return items(functionDeclarations).map((declared) => {
    const { name, description, parameters, parametersJsonSchema } = camelCase(declared)
    const schema = parametersJsonSchema ?? (parameters && lowered(parameters))
    return { type: 'function', function: defined({ name, description, parameters: schema }) }
  })
}

/** Google writes the types of a schema in capitals, JSON Schema in small letters. */
function lowered(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(lowered)
  if (!isObject(schema)) return schema
  const entries = Object.entries(schema).map(([name, value]): [string, Json | undefined] => [
    name,
    name === 'type' && typeof value === 'string' ? value.toLowerCase() : value && lowered(value),
  ])
  return Object.fromEntries(entries)
}
