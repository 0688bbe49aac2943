/**
 * OpenAI Responses, `POST /v1/responses`, and every host that speaks it.
 *
 * A stream says its text three times: in pieces, whole when a part or an item is done, and in the
 * response that ends it. The whole one counts, and is the same in a stream and without.
 *
 * @see https://platform.openai.com/docs/api-reference/responses
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 * @module
 */

import { sse } from '../framing/sse.ts'
import { fields, isObject, items, number, string, type Json, type JsonObject } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { WireFormat } from './format.ts'
import { readHead, readRequest, readUsage } from './openai.ts'
import { addArguments, addOther, addText, choiceAt, finish, nameToolCall } from './reply.ts'

export const openaiResponses: WireFormat = {
  name: 'openai.responses',
  operation: 'chat',
  stream: sse,
  bulk: { over: 65_536 }, // a picture, and no text that a model would write
  matches: ({ pathname }) => /\/responses(?:\/compact)?\/?$/.test(pathname),
  accepts(body) {
    const { model, input, prompt } = fields(body)
    return (string(model) !== undefined && input !== undefined) || isObject(prompt)
  },
  request: readRequest,

  reply(call, payload) {
    const { type, response, item, output_index, ...event } = fields(payload)
    const index = number(output_index) ?? 0
    if (typeof type !== 'string') readResponse(call, payload)
    else if (isObject(item)) readItem(call, index, item)
    else if (!isObject(response)) readText(call, index, type, event)
    else {
      readResponse(call, response)
      if (/\.(?:completed|incomplete|failed)$/.test(type)) return 'done'
    }
    return undefined
  },
}

function readResponse(call: ModelCall, payload: Json): void {
  const { output, status, incomplete_details, usage } = readHead(call, payload)
  items(output).forEach((item, index) => readItem(call, index, fields(item)))
  readUsage(call, usage)
  if (typeof status !== 'string' || /^(?:queued|in_progress)$/.test(status)) return
  finish(choiceAt(call, 0), string(fields(incomplete_details).reason) ?? status)
  if (/^(?:failed|cancelled)$/.test(status)) call.error ??= { type: status, phase: 'stream' }
}

function readItem(call: ModelCall, index: number, item: JsonObject): void {
  const { type, content, summary, call_id, name } = item
  const choice = choiceAt(call, 0)
  switch (type) {
    case 'message':
    case 'reasoning':
      items(summary).forEach((part, at) => readPart(call, index, `summary ${at}`, fields(part)))
      return items(content).forEach((part, at) => readPart(call, index, at, fields(part)))
    case 'function_call':
    case 'custom_tool_call':
      nameToolCall(choice, index, string(call_id), string(name))
      return addArguments(call, choice, index, item.arguments ?? item.input, true)
    default:
      return addOther(call, choice, index, string(type) ?? 'unknown', item)
  }
}

function readPart(call: ModelCall, index: number, at: string | number, part: JsonObject): void {
  const { type, text, refusal } = part
  const name = string(type) ?? 'unknown'
  const kind = KINDS.get(name)
  const slot = `${index}.${at}`
  if (kind) addText(call, choiceAt(call, 0), slot, kind, string(text ?? refusal), true)
  else addOther(call, choiceAt(call, 0), slot, name, part)
}

const KINDS = new Map<string, 'text' | 'reasoning' | 'refusal'>([
  ['output_text', 'text'],
  ['reasoning_text', 'reasoning'],
  ['reasoning_summary_text', 'reasoning'],
  ['summary_text', 'reasoning'],
  ['refusal', 'refusal'],
])

/** A piece of a text or of a tool call's arguments (`delta`), or all of it (`done`). */
function readText(call: ModelCall, index: number, type: string, event: JsonObject): void {
  const [, name = '', stage] = /^response\.(\w+)\.(delta|done)$/.exec(type) ?? []
  const { delta, text, refusal, content_index, summary_index } = event
  const whole = stage === 'done'
  const kind = KINDS.get(name)
  if (kind) {
    const at = number(content_index) ?? `summary ${number(summary_index)}`
    const said = string(delta ?? text ?? refusal)
    addText(call, choiceAt(call, 0), `${index}.${at}`, kind, said, whole)
  } else if (/^(?:function_call_arguments|custom_tool_call_input)$/.test(name)) {
    const said = string(delta ?? event.arguments ?? event.input)
    addArguments(call, choiceAt(call, 0), index, said, whole)
  }
}
