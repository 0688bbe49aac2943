/**
 * Google's interactions, `POST /v1/interactions`: an answer is a list of steps. A stream tells each
 * as it goes, and may tell them all again at its end.
 *
 * @see https://ai.google.dev/gemini-api/docs/interactions
 * @module
 */

import { sse } from '../framing/sse.ts'
import { fields, items, number, string, type Json, type JsonObject } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { WireFormat } from './format.ts'
import { addMedia, nameReply, sayText } from './google-parts.ts'
import { readUsage } from './google-usage.ts'
import { readRequest } from './google.ts'
import { addArguments, addOther, choiceAt, finish, isFinished, nameToolCall } from './reply.ts'

export const googleInteractions: WireFormat = {
  name: 'google.interactions',
  operation: 'generate_content',
  stream: sse,
  bulk: { over: 65_536 }, // a picture, and no text that a model would write
  matches: ({ pathname }) => /\/interactions\/?$/.test(pathname),
  accepts(body) {
    const { model, agent, input } = fields(body)
    return string(model ?? agent) !== undefined && input !== undefined
  },
  request(call, body) {
    readRequest(call, body)
    const { model, agent, stream } = fields(body)
    call.request.model = string(model ?? agent)
    call.request.stream = stream === true
  },

  reply(call, payload) {
    const { event_type, interaction, index, step, delta, usage, status } = fields(payload)
    const at = number(index) ?? 0
    switch (event_type) {
      case 'interaction.created':
      case 'interaction.completed':
        readInteraction(call, fields(interaction))
        return event_type === 'interaction.completed' ? 'done' : undefined
      case 'step.start':
        readStep(call, at, fields(step))
        return undefined
      case 'step.delta':
        readDelta(call, at, fields(delta))
        return undefined
      case undefined: // a whole reply
        readInteraction(call, fields(payload))
        return undefined
      default:
        readStatus(call, status)
        readTokens(call, usage)
        return undefined
    }
  },
}

function readInteraction(call: ModelCall, interaction: JsonObject): void {
  const { id, model, agent, steps, status, usage, service_tier } = interaction
  nameReply(call, id, model ?? agent)
  call.response.serviceTier = string(service_tier) ?? call.response.serviceTier
  if (call.response.choices.length === 0)
    items(steps).forEach((step, index) => readStep(call, index, fields(step)))
  readStatus(call, status)
  readTokens(call, usage)
}

function readStatus(call: ModelCall, status: Json | undefined): void {
  if (typeof status !== 'string' || /^(?:queued|in_progress)$/.test(status)) return
  finish(choiceAt(call, 0), status, status === 'incomplete' ? 'length' : undefined)
  if (/^(?:failed|cancelled)$/.test(status)) call.error ??= { type: status, phase: 'stream' }
}

function readStep(call: ModelCall, index: number, step: JsonObject): void {
  const { type, content, summary, id, name } = step
  const choice = choiceAt(call, 0)
  switch (type) {
    case 'user_input': // what was asked, once more
      return undefined
    case 'model_output':
    case 'thought':
      for (const part of items(content)) readContent(call, 'text', fields(part))
      for (const part of items(summary)) readContent(call, 'reasoning', fields(part))
      return undefined
    case 'function_call':
      nameToolCall(choice, index, string(id), string(name))
      return addArguments(call, choice, index, step.arguments)
    default:
      return addStep(call, index, step)
  }
}

function readDelta(call: ModelCall, index: number, delta: JsonObject): void {
  const name = string(delta.type) ?? ''
  switch (name) {
    case 'arguments_delta':
      return addArguments(call, choiceAt(call, 0), index, delta.arguments)
    case 'thought_summary':
      return readContent(call, 'reasoning', fields(delta.content))
  }
  // What is left says what was said, or the rest of a step that its start has named.
  if (/^(?:text|image|audio|video|document)$/.test(name)) readContent(call, 'text', delta)
  else if (!/^thought|annotation/.test(name)) addStep(call, index, delta, true)
}

function readContent(call: ModelCall, kind: 'text' | 'reasoning', part: JsonObject): void {
  const choice = choiceAt(call, 0)
  if (part.type === 'text') sayText(call, choice, kind, part.text)
  else addMedia(call, choice, part)
}

/** A step that is named, not read; a stream tells the rest of it after its start. */
function addStep(call: ModelCall, index: number, step: JsonObject, goesOn = false): void {
  const { signature: _signature, ...told } = step
  const choice = choiceAt(call, 0)
  const last = choice.message.parts.at(-1)
  const before = fields(last?.type === 'other' ? last.content : undefined)
  const all = goesOn ? { ...before, ...told } : told
  addOther(call, choice, `step ${index}`, string(told.type) ?? 'unknown', all)
}

function readTokens(call: ModelCall, usage: Json | undefined): void {
  const told = fields(usage)
  readUsage(
    call,
    {
      prompt: told.total_input_tokens,
      tools: told.total_tool_use_tokens,
      said: told.total_output_tokens,
      thoughts: told.total_thought_tokens,
      cached: told.total_cached_tokens,
      total: told.total_tokens,
      inputs: [told.input_tokens_by_modality, told.tool_use_tokens_by_modality],
      outputs: [told.output_tokens_by_modality],
    },
    usage,
  )
  call.usage.final &&= isFinished(call)
}
