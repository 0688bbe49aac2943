/**
 * Vercel's AI Gateway as the AI SDK speaks to it, `POST /v4/ai/language-model`: the SDK's own options,
 * with the model in a header, and its own results. `/embedding-model` likewise.
 *
 * @see https://vercel.com/docs/ai-gateway
 * @see https://github.com/vercel/ai/tree/main/packages/provider/src/language-model
 * @module
 */

import { bytesOf } from '../bulk.ts'
import { sse } from '../framing/sse.ts'
import { defined, fields, items, number, string, type Json, type JsonObject } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import { normalise } from './finish-reason.ts'
import type { WireFormat } from './format.ts'
import { params } from './params.ts'
import { addArguments, addOther, addText, choiceAt, finish, nameToolCall } from './reply.ts'
import { inclusiveUsage } from './usage.ts'
import { countVectors } from './vectors.ts'

export const vercelLanguageModel: WireFormat = {
  name: 'vercel.language_model',
  operation: 'chat',
  stream: sse,
  bulk: { over: 4096, lists: true, wholeOnly: true }, // what a text has in one line is shorter
  matches: ({ pathname }) => /\/v\d+\/ai\/(?:language|embedding)-model\/?$/.test(pathname),
  accepts(body) {
    const { prompt, values } = fields(body)
    return Array.isArray(prompt ?? values)
  },

  request(call, body, header) {
    const { values, responseFormat, ...rest } = fields(body)
    const { type } = fields(responseFormat)
    if (values) call.operation = 'embeddings'
    if (values) call.request.inputCount = items(values).length
    call.request.model = header(values ? 'ai-model-id' : 'ai-language-model-id')
    call.request.stream = header('ai-language-model-streaming') === 'true'
    call.request.params = params({
      maxTokens: rest.maxOutputTokens,
      temperature: rest.temperature,
      topP: rest.topP,
      topK: rest.topK,
      seed: rest.seed,
      frequencyPenalty: rest.frequencyPenalty,
      presencePenalty: rest.presencePenalty,
      stop: rest.stopSequences,
      reasoningLevel: rest.reasoning,
      outputType: type,
      dimensions: rest.dimensions,
    })
  },

  reply(call, payload) {
    const { type, content, embeddings, response, finishReason, usage, providerMetadata } =
      fields(payload)
    items(content).forEach((part, at) => readPart(call, fields(part), at))
    if (Array.isArray(embeddings)) countVectors(call, embeddings)
    if (PART.test(string(type) ?? '')) readPart(call, fields(payload))
    const { generationId } = fields(fields(providerMetadata).gateway)
    call.response.id ??= string(generationId) // by which the gateway tells its price
    nameReply(call, type === 'response-metadata' ? payload : response)
    readFinish(call, finishReason)
    readUsage(call, usage)
    return type === 'finish' ? 'done' : undefined
  },
}

/** Of a stream, the events that are not about the stream. */
const PART = /^(?:text|reasoning|tool|file)/

/** Of a list the part at this place, or one event, whose id says to which part it belongs. */
function readPart(call: ModelCall, part: JsonObject, at?: number): void {
  const { type, id, text, delta, toolCallId, toolName, input } = part
  const choice = choiceAt(call, 0)
  const slot = at ?? string(id) ?? string(toolCallId) ?? choice.message.parts.length
  switch (type) {
    case 'text':
    case 'text-delta':
      return addText(call, choice, `text ${slot}`, 'text', string(text ?? delta))
    case 'reasoning':
    case 'reasoning-delta':
      return addText(call, choice, `reasoning ${slot}`, 'reasoning', string(text ?? delta))
    case 'tool-input-start':
      return nameToolCall(choice, slot, string(id), string(toolName))
    case 'tool-input-delta':
      return addArguments(call, choice, slot, delta)
    case 'tool-call': // all of it, whose pieces may have come before
      nameToolCall(choice, slot, string(toolCallId), string(toolName))
      return addArguments(call, choice, slot, input, true)
    case 'file':
      return addFile(call, part, slot)
    case 'tool-result':
      return addOther(call, choice, `result ${slot}`, 'tool_result', part)
  }
}

/** Its type and size; it is base64, or an object that holds it or names an address. */
function addFile(call: ModelCall, { mediaType, data }: JsonObject, slot: string | number): void {
  const base64 = string(data) ?? string(fields(data).data)
  const url = string(fields(data).url)
  const format = string(mediaType)
  const kind = /^(?:image|audio|video)/.exec(format ?? '')?.[0] ?? 'file'
  const bytes = base64 === undefined ? undefined : bytesOf(base64)
  const file = defined({ type: kind, format, bytes, url: url?.replace(/[?#].*/, '') })
  addOther(call, choiceAt(call, 0), `file ${slot}`, kind, file)
}

function nameReply(call: ModelCall, metadata: Json | undefined): void {
  const { id, modelId } = fields(metadata)
  call.response.id = string(id) ?? call.response.id
  call.response.model = string(modelId) ?? call.response.model
}

/** One word, or the SDK's word beside the provider's. */
function readFinish(call: ModelCall, reason: Json | undefined): void {
  const { unified = reason, raw = unified } = fields(reason)
  const word = string(unified)?.replace('-', '_')
  if (!word) return
  const isTold = word !== 'other' && word !== 'unknown'
  finish(choiceAt(call, 0), string(raw), isTold ? normalise(word) : undefined)
}

function readUsage(call: ModelCall, usage: Json | undefined): void {
  const { inputTokens, outputTokens, tokens } = fields(usage)
  const into = fields(inputTokens)
  const out = fields(outputTokens)
  const input = number(into.total ?? inputTokens ?? tokens)
  const output = number(out.total ?? outputTokens)
  if (usage === undefined || (input ?? output) === undefined) return
  const total = input === undefined || output === undefined ? undefined : input + output
  const { cacheRead, cacheWrite } = into
  call.usage = inclusiveUsage(
    {
      input,
      output,
      total,
      cacheRead: number(cacheRead),
      cacheWrite: number(cacheWrite),
      reasoning: number(out.reasoning),
    },
    usage,
  )
}
