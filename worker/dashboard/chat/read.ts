/**
 * Reads the conversation out of a request's or a reply's body: OpenAI chat and responses, Anthropic
 * messages, Google contents and interactions, Bedrock's Converse, Ollama and Cohere chat, Mistral
 * conversations, the AI SDK's prompts, any other prompt, requests within requests, and the assistant's message as records carry it.
 *
 * Gives `undefined` for what is no conversation.
 *
 * @module
 */

import {
  fields,
  isObject,
  items,
  string,
  type Json,
  type JsonObject,
} from '../../../src/lib/json.ts'
import { innerRequest, isTuned } from './inner.ts'
import { blocks, toolCall, toolResult } from './blocks.ts'
import { pictures } from './media.ts'
import type { Block, Turn } from './turns.ts'

export function readConversation(body: Json): Turn[] | undefined {
  if (isMessages(body)) return body.map(turn)
  const inner = innerRequest(body)
  const within = inner && readRequest(inner, true)
  if (within ?? !isObject(body)) return within
  return readRequest(body) ?? readReply(body)
}

/** The tools a request offers, by name. */
export function readTools(body: Json): [name: string, tool: Json][] {
  const { tools, toolConfig } = innerRequest(body) ?? fields(body)
  return items(tools ?? fields(toolConfig).tools).flatMap(
    (tool) => declared(tool) ?? [[nameOf(tool), tool]],
  )
}

/**
 * Google declares functions together, and names its own tools by a member: `{ googleSearch: {} }`; Bedrock
 * names all of them so.
 */
function declared(tool: Json): [name: string, tool: Json][] | undefined {
  const { functionDeclarations, function_declarations, toolSpec } = fields(tool)
  if (isObject(toolSpec)) return [[nameOf(toolSpec), tool]]
  const functions = functionDeclarations ?? function_declarations
  if (!Array.isArray(functions)) return undefined
  return functions.map((one: Json) => [nameOf(one), one])
}

function nameOf(tool: Json): string {
  const { name, type, function: named } = fields(tool)
  const own = Object.keys(fields(tool))[0]
  return string(name) ?? string(fields(named).name) ?? string(type) ?? own ?? '?'
}

/** @param isKnown That it is a request, where a prompt alone would not tell. */
function readRequest(body: JsonObject, isKnown = isTuned(body)): Turn[] | undefined {
  if (isMessages(body.messages)) return [...system(body.system), ...body.messages.map(turn)]
  const { contents, prompt: asked, inputText } = body
  const instruction = body.systemInstruction ?? body.system_instruction
  const spoken = isObject(contents) ? [contents] : items(contents)
  if (spoken.length > 0 && spoken.every(hasParts)) {
    return [...system(fields(instruction).parts ?? instruction), ...spoken.map(turn)]
  }
  if (isEntries(body.inputs)) return [...system(body.instructions), ...body.inputs.map(turn)]
  if (isMessages(asked)) return asked.map(turn) // the AI SDK's
  if (typeof inputText === 'string') return [prompt(inputText)] // Titan's
  const isNamed = string(body.model ?? body.agent ?? body.agent_id) !== undefined
  if (!isNamed && !isKnown) return undefined
  if (typeof asked === 'string') {
    return [...system(body.system ?? body.system_prompt), prompt(asked, body)]
  }
  const said = typeof body.inputs === 'string' ? [prompt(body.inputs)] : readInput(body.input)
  return said && [...system(body.instructions ?? instruction), ...said]
}

/** One text or part, several parts of one message, or messages and what lies between them. */
function readInput(input: Json | undefined): Turn[] | undefined {
  if (typeof input === 'string' || isObject(input)) return [{ role: 'user', blocks: blocks(input) }]
  if (!Array.isArray(input) || !input.every(isObject)) return undefined
  const isOne =
    input.length > 0 && input.every(({ role, type }) => !role && PART.test(string(type) ?? ''))
  return isOne ? [{ role: 'user', blocks: blocks(input) }] : input.map(turn)
}

const PART = /^(?:text|image|image_url|audio|video|document)$/

function readReply(body: JsonObject): Turn[] | undefined {
  if (isMessage(body)) return [turn(body)]
  const choices = items(body.choices).map((choice) => fields(choice).message ?? choice)
  if (choices.length > 0 && choices.every(isMessage)) return choices.map(turn)
  const candidates = items(body.candidates).map((candidate) => fields(candidate).content ?? null)
  if (candidates.length > 0 && candidates.every(isObject)) return candidates.map(turn)
  return undefined
}

function isMessages(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value) && value.length > 0 && value.every(isMessage)
}

/** Of a Mistral conversation: messages, and what tools were called with and gave back. */
function isEntries(value: Json | undefined): value is readonly Json[] {
  const isEntry = (entry: Json) =>
    isMessage(entry) || /^\w+\.\w+$/.test(string(fields(entry).type) ?? '')
  return Array.isArray(value) && value.length > 0 && value.every(isEntry)
}

function isMessage(value: Json): boolean {
  if (!isObject(value) || typeof value.role !== 'string') return false
  return SAYING.some((key) => key in value)
}

function hasParts(content: Json): boolean {
  return isObject(content) && 'parts' in content
}
const SAYING = ['content', 'tool_calls', 'parts', 'refusal', 'reasoning', 'thinking', 'tool_plan']

function system(content: Json | undefined): Turn[] {
  const said = blocks(content)
  return said.length > 0 ? [{ role: 'system', blocks: said }] : []
}

/** A text to go on with, the pictures that go with it, and what is to follow. */
function prompt(text: string, { images, suffix }: JsonObject = {}): Turn {
  const after: Block[] = suffix ? [{ type: 'other', name: 'suffix', content: suffix }] : []
  return { role: 'user', blocks: [...blocks(text), ...pictures(images), ...after] }
}

function turn(message: Json): Turn {
  const body = fields(message)
  const { role, type, content, parts } = body
  // Items of the responses API, steps of Google's interactions, and entries of Mistral's conversations,
  // that are no messages.
  if (type === 'function_call' || type === 'custom_tool_call' || type === 'function.call') {
    const given = body.arguments ?? body.input
    const id = body.call_id ?? body.tool_call_id ?? body.id
    return { role: 'assistant', blocks: [toolCall(id, body.name, given)] }
  }
  if (type === 'function_call_output' || type === 'custom_tool_call_output') {
    return { role: 'tool', blocks: [toolResult(body.call_id, body.output, false)] }
  }
  if (type === 'function_result') {
    const { call_id, result, is_error, name } = body
    return { role: 'tool', blocks: [toolResult(call_id, result, is_error === true, name)] }
  }
  if (type === 'user_input') return { role: 'user', blocks: blocks(content) }
  if (type === 'model_output') return { role: 'assistant', blocks: blocks(content) }
  if (type === 'thought') return { role: 'assistant', blocks: blocks(body.summary).map(thought) }
  if (type === 'function.result') {
    return { role: 'tool', blocks: [toolResult(body.tool_call_id, body.result, false)] }
  }
  if (typeof role !== 'string') {
    return {
      role: string(type) ?? 'unknown',
      blocks: [{ type: 'other', name: 'item', content: message }],
    }
  }
  const isResult = items(content).some((part) => fields(part).type === 'tool-result') // the AI SDK's
  if ((role === 'tool' || role === 'function') && parts === undefined && !isResult) {
    return {
      role,
      blocks: [toolResult(body.tool_call_id ?? body.tool_name ?? body.name, content, false)],
    }
  }
  return {
    role,
    name: string(body.name),
    blocks: [
      ...aside(body),
      ...blocks(content ?? parts),
      ...pictures(body.images),
      ...after(body),
      ...blocks(body.blocks),
    ],
  }
}

function thought(block: Block): Block {
  return block.type === 'text' ? { type: 'reasoning', text: block.text } : block
}

/** Ollama calls it thinking, Cohere the plan for its tools. */
function aside({ reasoning, reasoning_content, thinking, tool_plan }: JsonObject): Block[] {
  const text = [reasoning, reasoning_content, thinking, tool_plan].map(string).find(Boolean)
  return text ? [{ type: 'reasoning', text }] : []
}

function after({ refusal, tool_calls, function_call }: JsonObject): Block[] {
  const said: Block[] = []
  if (typeof refusal === 'string') said.push({ type: 'refusal', text: refusal })
  for (const call of items(tool_calls)) {
    const { id, function: named, custom } = fields(call)
    const { name, arguments: given, input } = fields(named ?? custom)
    said.push(toolCall(id, name, given ?? input))
  }
  const { name, arguments: given } = fields(function_call)
  if (name !== undefined) said.push(toolCall(undefined, name, given))
  return said
}
