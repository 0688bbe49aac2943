/**
 * Anthropic Messages, `POST /v1/messages`; on Vertex AI `:rawPredict` and `:streamRawPredict`, where the
 * address names the model and the body a version instead.
 *
 * @see https://docs.anthropic.com/en/api/messages
 * @see https://docs.anthropic.com/en/api/messages-streaming
 * @module
 */

import { sse } from '../framing/sse.ts'
import { fields, items, number, string, type Json } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { WireFormat } from './format.ts'
import { modelOf } from './google.ts'
import { params } from './params.ts'
import {
  addArguments,
  addOther,
  addPiece,
  addText,
  choiceAt,
  closeBlock,
  finish,
  nameToolCall,
} from './reply.ts'
import { exclusiveUsage } from './usage.ts'

export const anthropicMessages: WireFormat = {
  name: 'anthropic.messages',
  operation: 'chat',
  stream: sse,
  matches: ({ pathname }) =>
    /\/v1\/(?:presets\/[^/]+\/)?messages\/?$|\/anthropic\/models\/[^/]+(?::|%3A)(?:stream)?rawPredict\/?$/i.test(
      pathname,
    ),
  accepts(body) {
    const { model, messages, max_tokens, anthropic_version = model } = fields(body)
    return (
      Array.isArray(messages) &&
      string(anthropic_version) !== undefined &&
      number(max_tokens) !== undefined
    )
  },

  request(call, body) {
    const { model, stream, thinking, output_config, ...rest } = fields(body)
    call.request.model = string(model) ?? modelOf(call.http.url)
    call.request.stream = stream === true || /(?::|%3A)stream/i.test(call.http.url)
    call.request.params = params({
      maxTokens: rest.max_tokens,
      temperature: rest.temperature,
      topP: rest.top_p,
      topK: rest.top_k,
      stop: rest.stop_sequences,
      reasoningLevel: fields(output_config).effort,
      reasoningBudget: fields(thinking).budget_tokens,
      serviceTier: rest.service_tier,
    })
  },

  reply(call, payload) {
    const { type, message, delta, usage, index, content_block } = fields(payload)
    switch (type) {
      case 'message': // a whole reply
        readMessage(call, payload)
        call.usage.final = call.usage.source === 'provider'
        return undefined
      case 'message_start': // a stream opens with the same object, still empty
        readMessage(call, message)
        return undefined
      case 'content_block_start':
        readBlock(call, number(index) ?? 0, content_block)
        return undefined
      case 'content_block_delta':
        readDelta(call, number(index) ?? 0, delta)
        return undefined
      case 'content_block_stop':
        closeBlock(call, choiceAt(call, 0), number(index) ?? 0)
        return undefined
      case 'message_delta':
        finish(choiceAt(call, 0), string(fields(delta).stop_reason))
        readUsage(call, usage)
        call.usage.final = call.usage.source === 'provider'
        return undefined
      case 'message_stop':
        return 'done'
      default:
        return undefined
    }
  },
}

function readMessage(call: ModelCall, message: Json | undefined): void {
  const { id, model, content, stop_reason, usage } = fields(message)
  call.response.id ??= string(id)
  call.response.model ??= string(model)
  call.response.serviceTier ??= string(fields(usage).service_tier)
  items(content).forEach((block, index) => readBlock(call, index, block))
  finish(choiceAt(call, 0), string(stop_reason))
  readUsage(call, usage)
}

function readBlock(call: ModelCall, index: number, block: Json | undefined): void {
  const choice = choiceAt(call, 0)
  const { type, text, thinking, id, name, input } = fields(block)
  switch (type) {
    case 'text':
      return addText(call, choice, index, 'text', string(text))
    case 'thinking':
      return addText(call, choice, index, 'reasoning', string(thinking))
    case 'redacted_thinking': // encrypted: nothing to read, and a secret of the provider
      return addOther(call, choice, index, 'redacted_thinking', null)
    case 'tool_use':
      nameToolCall(choice, index, string(id), string(name))
      return addArguments(call, choice, index, input)
    default:
      return addOther(call, choice, index, string(type) ?? 'unknown', block ?? null)
  }
}

function readDelta(call: ModelCall, index: number, delta: Json | undefined): void {
  const choice = choiceAt(call, 0)
  const { type, text, thinking, partial_json, content } = fields(delta)
  if (type === 'text_delta') addText(call, choice, index, 'text', string(text))
  if (type === 'thinking_delta') addText(call, choice, index, 'reasoning', string(thinking))
  if (type === 'compaction_delta') addPiece(call, choice, index, 'content', string(content))
  // Of a tool of the application, or else of the server.
  if (type === 'input_json_delta' && !addPiece(call, choice, index, 'input', string(partial_json)))
    addArguments(call, choice, index, string(partial_json))
}

/**
 * Input is told without its cached parts, and a stream tells cumulative counts twice: each count
 * that a later event says replaces the earlier one, and totals are made of what stands then.
 */
function readUsage(call: ModelCall, usage: Json | undefined): void {
  const told = fields(usage)
  if (number(told.input_tokens) === undefined && number(told.output_tokens) === undefined) return
  const earlier = fields(call.usage.raw)
  const raw = {
    ...earlier,
    ...Object.fromEntries(Object.entries(told).filter(([, count]) => count !== null)),
  }
  const { final } = call.usage
  const counts = {
    input: number(raw.input_tokens),
    output: number(raw.output_tokens),
    cacheRead: number(raw.cache_read_input_tokens),
    cacheWrite: number(raw.cache_creation_input_tokens),
    cacheWrite1h: number(fields(raw.cache_creation).ephemeral_1h_input_tokens),
    reasoning: number(fields(raw.output_tokens_details).thinking_tokens),
  }
  call.usage = { ...exclusiveUsage(counts, raw), final }
}
