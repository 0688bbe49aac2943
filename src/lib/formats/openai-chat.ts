/**
 * OpenAI Chat Completions, `POST /v1/chat/completions`, and every host that speaks it.
 *
 * @see https://platform.openai.com/docs/api-reference/chat
 * @module
 */

import { fields, items, number, string, type Json, type JsonObject } from '../json.ts'
import type { Choice, ModelCall } from '../record.ts'
import type { WireFormat } from './format.ts'
import { params } from './params.ts'
import { addArguments, addText, choiceAt, finish, nameToolCall } from './reply.ts'
import { openaiStreamUsage } from './stream-usage.ts'
import { inclusiveUsage } from './usage.ts'

export const openaiChat: WireFormat = {
  name: 'openai.chat',
  operation: 'chat',
  matches: ({ pathname }) => /\/chat\/completions\/?$/.test(pathname),
  accepts: (body) => Array.isArray(fields(body).messages),
  streamUsage: openaiStreamUsage,

  request(call, body) {
    const { model, stream, ...rest } = fields(body)
    call.request.model = string(model)
    call.request.stream = stream === true
    call.request.params = params({
      maxTokens: rest.max_completion_tokens ?? rest.max_tokens,
      temperature: rest.temperature,
      topP: rest.top_p,
      seed: rest.seed,
      frequencyPenalty: rest.frequency_penalty,
      presencePenalty: rest.presence_penalty,
      stop: rest.stop,
      choiceCount: rest.n,
      reasoningLevel: rest.reasoning_effort,
      serviceTier: rest.service_tier,
      outputType: outputType(fields(rest.response_format).type),
    })
  },

  reply(call, payload) {
    const { id, model, service_tier, system_fingerprint, choices, usage, x_groq } = fields(payload)
    const { response } = call
    response.id ??= string(id)
    response.model ??= string(model)
    response.serviceTier ??= string(service_tier)
    response.fingerprint ??= string(system_fingerprint)
    for (const choice of items(choices)) readChoice(call, fields(choice))
    readUsage(call, usage ?? fields(x_groq).usage)
    return undefined
  },
}

function readChoice(call: ModelCall, { index, message, delta, finish_reason }: JsonObject): void {
  const choice = choiceAt(call, number(index) ?? 0)
  const said = fields(message ?? delta)
  addText(call, choice, 'reasoning', 'reasoning', string(said.reasoning_content ?? said.reasoning))
  addText(call, choice, 'content', 'text', string(said.content))
  addText(call, choice, 'refusal', 'refusal', string(said.refusal))
  items(said.tool_calls).forEach((tool, at) => readToolCall(call, choice, fields(tool), at))
  finish(choice, string(finish_reason))
}

function readToolCall(call: ModelCall, choice: Choice, tool: JsonObject, at: number): void {
  const { index, id, function: called, custom } = tool
  const { name, arguments: json, input } = fields(called ?? custom)
  const slot = number(index) ?? at
  nameToolCall(choice, slot, string(id), string(name))
  addArguments(call, choice, slot, json ?? input)
}

function readUsage(call: ModelCall, usage: Json | undefined): void {
  const { prompt_tokens, completion_tokens, total_tokens, ...rest } = fields(usage)
  if (usage === undefined || number(prompt_tokens ?? completion_tokens) === undefined) return
  const prompt = fields(rest.prompt_tokens_details)
  call.usage = inclusiveUsage(
    {
      input: number(prompt_tokens),
      output: number(completion_tokens),
      total: number(total_tokens),
      cacheRead: number(prompt.cached_tokens),
      cacheWrite: number(prompt.cache_write_tokens),
      reasoning: number(fields(rest.completion_tokens_details).reasoning_tokens),
    },
    usage,
  )
}

function outputType(type: Json | undefined): string | undefined {
  if (type === 'text') return 'text'
  return type === 'json_object' || type === 'json_schema' ? 'json' : undefined
}
