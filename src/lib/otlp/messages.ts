/**
 * What a model was asked and what it answered, as the messages of OpenTelemetry.
 *
 * Read from the request body as it was sent, whatever the API: OpenAI's Chat Completions and Responses, Anthropic,
 * Google, Bedrock, Ollama, Cohere, Mistral, Vercel's gateway, and the prompts of old. It cannot throw;
 * what it finds no messages in is sent as it stands.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/client-inference.md
 * @module
 */

import { fields, isObject, items, string, type Json, type JsonObject } from '../json.ts'
import type { SpanRecord } from '../record.ts'
import type { ModelCall } from '../model-call.ts'
import type { Choice, Part } from '../message.ts'
import { readCall, textPart, toolResponse, toPart, type MessagePart } from './part.ts'

export interface Message extends JsonObject {
  readonly role: string
  readonly parts: readonly MessagePart[]
}

export interface Conversation {
  system: readonly MessagePart[]
  messages: readonly Message[]
  tools: readonly Json[]
  answers: readonly Message[]
  /** What the client itself calls the conversation, and the answer before; never made up. */
  conversation?: string | undefined
  previous?: string | undefined
}

export const SILENT: Conversation = { system: [], messages: [], tools: [], answers: [] }

/** Whose input is no message. */
const OTHERS = new Set(['embeddings', 'rerank', 'moderation', 'transcription', 'speech'])

export function readConversation({ input, call }: SpanRecord): Conversation {
  if (!call) return SILENT
  const answers = call.response.choices.map(toAnswer)
  if (OTHERS.has(call.operation)) return { ...SILENT, answers }
  const body = unwrap(input, call)
  const { conversation, previous_response_id, previous_interaction_id } = body
  return {
    system: readSystem(body),
    messages: readMessages(body),
    tools: readTools(body),
    answers,
    conversation: string(conversation) ?? string(fields(conversation).id),
    previous: string(previous_response_id ?? previous_interaction_id),
  }
}

/** Out of what gateways, counts of tokens and Vertex AI's predict put around it. */
function unwrap(input: Json | undefined, { via }: ModelCall): JsonObject {
  const step = fields(items(input)[via?.step ?? 0]).query
  const { input: inside, ...body } = fields(step ?? input)
  return {
    ...body,
    ...(isObject(inside) ? { ...inside, ...fields(inside.converse) } : { input: inside }),
    ...fields(body.generateContentRequest),
    ...fields(items(body.instances)[0]),
  }
}

function readSystem(body: JsonObject): MessagePart[] {
  const { system, instructions, systemInstruction, system_instruction, system_prompt, preamble } =
    body
  return toParts(
    system ?? instructions ?? systemInstruction ?? system_instruction ?? system_prompt ?? preamble,
  )
}

function readMessages(body: JsonObject): Message[] {
  const { messages, contents, input, inputs, chat_history, message, prompt, inputText } = body
  const said = messages ?? contents ?? input ?? inputs ?? prompt ?? inputText
  if (typeof message === 'string')
    return [...readMessages({ messages: chat_history }), spoken(message)]
  if (isObject(said)) return [toMessage(said)]
  if (typeof said === 'string') return [spoken(said)]
  return items(said).flatMap((item) => {
    if (typeof item === 'string') return [spoken(item)]
    return isObject(item) ? [toMessage(item)] : []
  })
}

function spoken(content: string): Message {
  return { role: 'user', parts: [textPart(content)] }
}

const ROLES = new Map([
  ['model', 'assistant'],
  ['chatbot', 'assistant'],
])

function toMessage(item: JsonObject): Message {
  const { name, content, parts, message, tool_call_id, tool_calls, toolCalls, function_call } = item
  const type = string(item.type) ?? 'message'
  const said = string(item.role)?.toLowerCase() ?? roleOf(type)
  const role = ROLES.get(said) ?? said
  const more = typeof name === 'string' && { name }
  if (!['message', 'message.input'].includes(type) && item.role === undefined)
    return { role, parts: [toPart(item)] }
  if (tool_call_id !== undefined || (role === 'tool' && typeof content === 'string')) {
    return { role, ...more, parts: [toolResponse(tool_call_id ?? undefined, content)] }
  }
  const reasoning = string(item.reasoning_content ?? item.reasoning ?? item.thinking)
  const calls = [
    ...items(tool_calls ?? toolCalls),
    ...(isObject(function_call) ? [{ function_call }] : []),
  ]
  return {
    role,
    ...more,
    parts: [
      ...(reasoning ? [{ type: 'reasoning', content: reasoning }] : []),
      ...toParts(content ?? parts ?? message),
      ...items(item.images).map((data) => toPart({ type: 'image', data })), // Ollama's
      ...calls.map((called) => readCall(fields(called)) ?? toPart(called)),
    ],
  }
}

/** Of an item of Responses, which has a type in a role's place. */
function roleOf(type: string): string {
  if (/_output$|result$/.test(type)) return 'tool'
  return /reasoning|_call$|compaction/.test(type) ? 'assistant' : 'user'
}

function toParts(content: Json | undefined): MessagePart[] {
  if (content === undefined || content === null || content === '') return []
  if (isObject(content)) return content.parts ? toParts(content.parts) : [toPart(content)]
  return Array.isArray(content) ? content.map(toPart) : [toPart(content)]
}

function readTools({ tools, toolConfig }: JsonObject): Json[] {
  return items(tools ?? fields(toolConfig).tools).flatMap((tool) => {
    const { functionDeclarations, function_declarations } = fields(tool)
    const several = functionDeclarations ?? function_declarations
    return several ? items(several).map(toTool) : [toTool(tool)]
  })
}

function toTool(tool: Json): Json {
  const { type = 'function', toolSpec, function: inside } = fields(tool)
  const said = fields(inside ?? toolSpec ?? tool)
  const { name, description, parameters, input_schema, inputSchema, parametersJsonSchema } = said
  if (typeof name !== 'string' || (type !== 'function' && type !== 'custom')) return tool
  const schema =
    parameters ?? input_schema ?? parametersJsonSchema ?? fields(inputSchema).json ?? inputSchema
  return { type, name, description, parameters: schema }
}

/** Refusals and what else the convention has no part for keep their own type. */
function toAnswer({ message: { role, parts } }: Choice): Message {
  return { role, parts: parts.map(toAnswerPart) }
}

function toAnswerPart(part: Part): MessagePart {
  if (part.type !== 'other') return { ...part }
  const { name: type, content } = part
  return isObject(content) ? toPart({ ...content, type }) : { type, content }
}
