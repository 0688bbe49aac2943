/**
 * Cohere's chat, `POST /v2/chat`. The plan for its tool calls is its reasoning. Citations, which say
 * again what its text and documents say, are not read.
 *
 * @see https://docs.cohere.com/v2/reference/chat
 * @see https://docs.cohere.com/v2/reference/chat-stream
 * @module
 */

import { sse } from '../framing/sse.ts'
import { fields, isObject, items, number, string, type Json, type JsonObject } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { Choice } from '../message.ts'
import { readUsage } from './cohere.ts'
import { failure } from './failure.ts'
import type { WireFormat } from './format.ts'
import { params } from './params.ts'
import { addArguments, addText, choiceAt, finish, nameToolCall } from './reply.ts'

export const cohereChat: WireFormat = {
  name: 'cohere.chat',
  operation: 'chat',
  stream: sse,
  matches: ({ pathname }) => /\/v2\/chat\/?$/.test(pathname),
  accepts(body) {
    const { model, messages } = fields(body)
    return string(model) !== undefined && Array.isArray(messages)
  },

  request(call, body) {
    const { model, stream, thinking, response_format, ...rest } = fields(body)
    const { type } = fields(response_format)
    call.request.model = string(model)
    call.request.stream = stream === true
    call.request.params = params({
      maxTokens: rest.max_tokens,
      temperature: rest.temperature,
      topP: rest.p,
      topK: rest.k,
      seed: rest.seed,
      frequencyPenalty: rest.frequency_penalty,
      presencePenalty: rest.presence_penalty,
      stop: rest.stop_sequences,
      reasoningBudget: fields(thinking).token_budget,
      outputType: type === 'json_object' ? 'json' : type,
    })
  },

  reply(call, payload) {
    const { id, type, index, delta, ...whole } = fields(payload)
    const { message, finish_reason, usage, error } = isObject(delta) ? delta : whole
    if (type === 'citation-start' || type === 'debug') return undefined
    call.response.id = string(id) ?? call.response.id
    // In a stream it comes as an event that has a message and no type.
    if (typeof (error ?? message) === 'string') readFailure(call, error ?? payload)
    if (isObject(message)) readMessage(call, message, number(index))
    readUsage(call, usage)
    const reason = string(finish_reason)
    if (!reason) return undefined
    finish(choiceAt(call, 0), reason)
    if (/^(?:ERROR|TIMEOUT)$/.test(reason)) call.error ??= { type: reason, phase: 'stream' }
    return type === 'message-end' ? 'done' : undefined
  },
}

function readFailure(call: ModelCall, said: Json): void {
  const { type = '_OTHER', ...rest } = failure(typeof said === 'string' ? { error: said } : said)
  call.error = { type, ...rest, phase: 'stream' }
}

/** All of it, in lists, or in a stream the one piece that has this index among those of its kind. */
function readMessage(call: ModelCall, message: JsonObject, index?: number): void {
  const { content, tool_plan, tool_calls } = message
  const choice = choiceAt(call, 0)
  addText(call, choice, 'plan', 'reasoning', string(tool_plan))
  listed(content).forEach((part, at) => readPart(call, choice, index ?? at, fields(part)))
  listed(tool_calls).forEach((tool, at) => readToolCall(call, choice, index ?? at, fields(tool)))
}

function listed(pieces: Json | undefined): readonly Json[] {
  return isObject(pieces) ? [pieces] : items(pieces)
}

function readPart(call: ModelCall, choice: Choice, slot: number, part: JsonObject): void {
  addText(call, choice, slot, 'text', string(part.text))
  addText(call, choice, slot, 'reasoning', string(part.thinking))
}

function readToolCall(call: ModelCall, choice: Choice, slot: number, tool: JsonObject): void {
  const { name, arguments: given } = fields(tool.function)
  nameToolCall(choice, slot, string(tool.id), string(name))
  addArguments(call, choice, slot, given)
}
