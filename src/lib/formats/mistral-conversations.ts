/**
 * Mistral's conversations, `POST /v1/conversations`, `/v1/conversations/{id}` and `…/restart`.
 *
 * A reply is a list of entries, a stream the same entries in pieces. Nothing says why a model stopped.
 *
 * @see https://docs.mistral.ai/api/endpoint/beta/conversations
 * @module
 */

import { sse } from '../framing/sse.ts'
import {
  defined,
  fields,
  isObject,
  items,
  number,
  string,
  type Json,
  type JsonObject,
} from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { Choice } from '../message.ts'
import { failure } from './failure.ts'
import type { WireFormat } from './format.ts'
import { readRequest, readUsage } from './openai.ts'
import { addArguments, addOther, addText, choiceAt, nameToolCall, otherAt } from './reply.ts'

export const mistralConversations: WireFormat = {
  name: 'mistral.conversations',
  operation: 'chat',
  stream: sse,
  matches: ({ pathname }) => /\/v1\/conversations(?:\/[^/]+(?:\/restart)?)?\/?$/.test(pathname),
  accepts(body) {
    const { inputs } = fields(body) // OpenAI's conversations, at the same address, have items
    return typeof inputs === 'string' || Array.isArray(inputs)
  },
  request: (call, body) =>
    readRequest(call, { ...fields(body), ...fields(fields(body).completion_args) }),

  reply(call, payload) {
    const { type, conversation_id, outputs, output_index, usage, ...event } = fields(payload)
    call.response.id = string(conversation_id) ?? call.response.id
    items(outputs).forEach((entry, at) => readEntry(call, at, fields(entry)))
    if (output_index !== undefined) readEntry(call, number(output_index) ?? 0, { type, ...event })
    readUsage(call, usage)
    if (type === 'conversation.response.error')
      call.error ??= { ...failure(event), type, phase: 'stream' }
    return type === 'conversation.response.done' ? 'done' : undefined
  },
}

/** An entry, or a piece of it: `message.output` and `message.output.delta`, and so on. */
function readEntry(call: ModelCall, index: number, entry: JsonObject): void {
  const { type, model, content, content_index, name, tool_call_id } = entry
  const choice = choiceAt(call, 0)
  const [kind] = /^\w+\.\w+/.exec(string(type) ?? '') ?? ['unknown']
  call.response.model = string(model) ?? call.response.model
  if (kind === 'message.output') {
    const chunks = Array.isArray(content) ? items(content) : [content ?? null]
    chunks.forEach((chunk, at) =>
      readChunk(call, choice, `${index}.${number(content_index) ?? at}`, chunk),
    )
  } else if (kind === 'function.call') {
    nameToolCall(choice, index, string(tool_call_id), string(name))
    addArguments(call, choice, index, entry.arguments)
  } else addExecution(call, choice, index, kind, entry)
}

/** A tool that Mistral runs itself, or the change to another agent: a later word adds to the earlier. */
function addExecution(
  call: ModelCall,
  choice: Choice,
  slot: number,
  kind: string,
  { name, info, previous_agent_name, next_agent_name, ...entry }: JsonObject,
): void {
  const earlier = otherAt(choice, slot)
  const given = string(entry.arguments)
  const told = defined({
    type: kind,
    name,
    arguments: given === undefined ? undefined : (string(earlier.arguments) ?? '') + given,
    info,
    previous_agent_name,
    next_agent_name,
  })
  addOther(call, choice, slot, kind, { ...earlier, ...told })
}

function readChunk(call: ModelCall, choice: Choice, slot: string, chunk: Json): void {
  const { type, text, thinking } = fields(chunk)
  const said = string(chunk) ?? string(text)
  if (said !== undefined) return addText(call, choice, slot, 'text', said)
  for (const part of items(thinking))
    addText(call, choice, slot, 'reasoning', string(fields(part).text))
  if (isObject(chunk) && thinking === undefined)
    addOther(call, choice, slot, string(type) ?? 'unknown', chunk)
}
