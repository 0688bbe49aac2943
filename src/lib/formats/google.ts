/**
 * What Google's APIs have in common: the model in the address, names of parameters, counts, parts.
 *
 * @module
 */

import { bytesOf } from '../bulk.ts'
import { defined, fields, items, number, string, type Json, type JsonObject } from '../json.ts'
import type { Choice, ModelCall } from '../record.ts'
import { params } from './params.ts'
import { addOther, addText } from './reply.ts'
import { inclusiveUsage } from './usage.ts'

/** Whether the address ends in this method of a model, such as `…/models/gemini-3:countTokens`. */
export function isMethod(url: URL, names: string): boolean {
  return new RegExp(`(?::|%3A)(?:${names})/?$`, 'i').test(url.pathname)
}

/** Names are accepted in either spelling: `top_p` and `topP`. */
export function camelCase(body: Json | undefined): JsonObject {
  const entries = Object.entries(fields(body)).map(([name, value]): [string, Json | undefined] => [
    name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ])
  return Object.fromEntries(entries)
}

/** Reads any method's parameters, and the model: of the address, where the body names none. */
export function readRequest(call: ModelCall, body: Json): JsonObject {
  const request = camelCase(body)
  const config = camelCase(request.generationConfig)
  const thinking = camelCase(config.thinkingConfig)
  call.request.model = modelOf(call.http.url)
  call.request.params = params({
    maxTokens: config.maxOutputTokens,
    temperature: config.temperature,
    topP: config.topP,
    topK: config.topK,
    seed: config.seed,
    frequencyPenalty: config.frequencyPenalty,
    presencePenalty: config.presencePenalty,
    stop: config.stopSequences,
    choiceCount: config.candidateCount,
    reasoningLevel: thinking.thinkingLevel ?? config.thinkingLevel,
    reasoningBudget: thinking.thinkingBudget,
    serviceTier: request.serviceTier,
    outputType: outputType(config.responseModalities, config.responseMimeType),
    dimensions: camelCase(items(request.requests)[0] ?? request).outputDimensionality,
  })
  return request
}

function outputType(modalities: Json | undefined, mimeType: Json | undefined): string | undefined {
  const isAsked = (kind: RegExp) => items(modalities).some((one) => kind.test(string(one) ?? ''))
  if (isAsked(/image/i)) return 'image'
  if (isAsked(/audio/i)) return 'speech'
  return mimeType === 'application/json' ? 'json' : undefined
}

/** Of `…/models/gemini-3:generateContent` the last but the method; as sent where it is no valid escape. */
function modelOf(url: string): string | undefined {
  const name = /\/([^/?]+?)(?::|%3A)\w+\/?(?:\?|$)/i.exec(url)?.[1]
  try {
    return name && decodeURIComponent(name).replace(/^.*(?:models|endpoints)\//i, '')
  } catch {
    return name
  }
}

/** The counts under the names that they have in one of the APIs. */
export interface GoogleCounts {
  prompt: Json | undefined
  /** What results of the provider's own tools put into the prompt. */
  tools: Json | undefined
  said: Json | undefined
  thoughts: Json | undefined
  cached: Json | undefined
  total: Json | undefined
  /** Lists of counts by modality. */
  inputs: readonly (Json | undefined)[]
  outputs: readonly (Json | undefined)[]
}

/**
 * Thoughts are told outside of what was said, unless the total is a sum without them. What is
 * zero is left out by the API: where nothing but thoughts was paid for, they are the output.
 */
export function readUsage(call: ModelCall, told: GoogleCounts, raw: Json | undefined): void {
  const { inputs, outputs } = told
  const input = sum(told.prompt, told.tools)
  const said = number(told.said)
  const reasoning = number(told.thoughts)
  const total = number(told.total)
  if (raw === undefined || (input ?? said ?? reasoning ?? total) === undefined) return
  const isInside = said !== undefined && total === sum(input ?? 0, said)
  call.usage = inclusiveUsage(
    {
      input,
      output: isInside ? said : sum(said, reasoning),
      total,
      cacheRead: number(told.cached),
      reasoning,
      textInput: tokensOf('text', inputs),
      imageInput: tokensOf('image', inputs),
      audioInput: tokensOf('audio', inputs),
      textOutput: tokensOf('text', outputs),
      imageOutput: tokensOf('image', outputs),
      audioOutput: tokensOf('audio', outputs),
    },
    raw,
  )
}

/** `usageMetadata`, which most methods tell. */
export function readCounts(call: ModelCall, metadata: Json | undefined): void {
  const usage = fields(metadata)
  const told = {
    prompt: usage.promptTokenCount,
    tools: usage.toolUsePromptTokenCount,
    said: usage.candidatesTokenCount,
    thoughts: usage.thoughtsTokenCount,
    cached: usage.cachedContentTokenCount,
    total: usage.totalTokenCount,
    inputs: [usage.promptTokensDetails, usage.toolUsePromptTokensDetails],
    outputs: [usage.candidatesTokensDetails],
  }
  readUsage(call, told, metadata)
}

/** Of those that are told; none of none. */
function sum(...counts: readonly (Json | undefined)[]): number | undefined {
  return counts
    .map(number)
    .reduce((all, one) => (one === undefined ? all : (all ?? 0) + one), undefined)
}

function tokensOf(kind: string, lists: readonly (Json | undefined)[]): number | undefined {
  const details = lists.flatMap(items).map(fields)
  const found = details.filter(({ modality }) => string(modality)?.toLowerCase() === kind)
  return sum(...found.map(({ tokenCount, tokens }) => tokenCount ?? tokens))
}

/** Text goes on in the part before it, if that is of its kind: a stream cuts it anywhere. */
export function sayText(
  call: ModelCall,
  choice: Choice,
  kind: 'text' | 'reasoning',
  text: Json | undefined,
): void {
  const { parts } = choice.message
  const slot = parts.at(-1)?.type === kind ? parts.length - 1 : parts.length
  addText(call, choice, slot, kind, string(text))
}

/** Of a picture or a sound its type and size; a stream tells its sound in pieces. */
export function addMedia(call: ModelCall, choice: Choice, media: JsonObject): void {
  const { mimeType, mime_type, data, uri } = media
  const format = string(mimeType ?? mime_type) ?? ''
  const [, kind = 'file'] = /^(image|audio|video)\//.exec(format) ?? []
  const { parts } = choice.message
  const last = parts.at(-1)
  const before = fields(last?.type === 'other' ? last.content : undefined)
  const isPiece = kind === 'audio' && before.type === kind && before.format === format
  const earlier = isPiece ? (number(before.bytes) ?? 0) : 0
  addOther(
    call,
    choice,
    parts.length - Number(isPiece),
    kind,
    defined({
      type: kind,
      format,
      bytes: typeof data === 'string' ? earlier + bytesOf(data) : undefined,
      url: /^[^?#]*/.exec(string(uri) ?? '')?.[0] || undefined,
    }),
  )
}
