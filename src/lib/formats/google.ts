/**
 * What requests to Google's APIs have in common: the model in the address, and names of parameters.
 *
 * @module
 */

import { fields, items, string, type Json, type JsonObject } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import { params } from './params.ts'

/** Names are accepted in either spelling: `top_p` and `topP`. */
export function camelCase(body: Json | undefined): JsonObject {
  const entries = Object.entries(fields(body)).map(([name, value]): [string, Json | undefined] => [
    name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ])
  return Object.fromEntries(entries)
}

/** Reads any method's parameters, and the model that the address names. Gives the request by one spelling. */
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
export function modelOf(url: string): string | undefined {
  const name = /\/([^/?]+?)(?::|%3A)\w+\/?(?:\?|$)/i.exec(url)?.[1]
  try {
    return name && decodeURIComponent(name).replace(/^.*(?:models|endpoints)\//i, '')
  } catch {
    return name
  }
}
