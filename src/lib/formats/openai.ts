/**
 * What OpenAI's endpoints have in common: names of parameters, of a reply's head, and of counts.
 *
 * @module
 */

import { fields, number, string, type Json, type JsonObject } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import { params } from './params.ts'
import { inclusiveUsage } from './usage.ts'

const OUTPUTS = new Map<Json | undefined, string>([
  ['text', 'text'],
  ['json_object', 'json'],
  ['json_schema', 'json'],
  ['image_generation', 'image'],
  ['speech', 'speech'],
])

/** Reads any endpoint's parameters: no two of them mean different things by a name. */
export function readRequest(call: ModelCall, body: Json): void {
  const { model, stream, stream_format, ...rest } = fields(body)
  const format = fields(rest.response_format ?? fields(rest.text).format).type
  call.request.model = string(model) ?? deployment(call)
  call.request.stream = stream === true || stream === 'true' || stream_format === 'sse'
  call.request.params = params({
    maxTokens: rest.max_completion_tokens ?? rest.max_output_tokens ?? rest.max_tokens,
    temperature: rest.temperature,
    topP: rest.top_p,
    seed: rest.seed ?? rest.random_seed, // Mistral's name for it
    frequencyPenalty: rest.frequency_penalty,
    presencePenalty: rest.presence_penalty,
    stop: rest.stop,
    choiceCount: rest.n,
    reasoningLevel: rest.reasoning_effort ?? fields(rest.reasoning).effort,
    serviceTier: rest.service_tier,
    outputType: OUTPUTS.get(format) ?? OUTPUTS.get(call.operation),
    dimensions: rest.dimensions,
    encodingFormat: rest.encoding_format,
  })
}

/** Azure names the model in the address, also behind Cloudflare's gateway. */
function deployment({ http }: ModelCall): string | undefined {
  return /\/(?:deployments|azure-openai\/[^/]+)\/([^/]+)\//.exec(http.url)?.[1]
}

/** Whether there is something to embed or to judge. */
export function hasInput(body: Json): boolean {
  const { input } = fields(body)
  return typeof input === 'string' || Array.isArray(input)
}

/** A request with an `input`: a text or its tokens, or a list of them. */
export function readInputs(call: ModelCall, body: Json): void {
  readRequest(call, body)
  const { input } = fields(body)
  const isSeveral =
    Array.isArray(input) && (typeof input[0] === 'string' || Array.isArray(input[0]))
  call.request.inputCount = isSeveral ? input.length : 1
}

/** Reads what replies say of themselves, and gives the reply's fields. A later word overwrites. */
export function readHead({ response }: ModelCall, payload: Json | undefined): JsonObject {
  const reply = fields(payload)
  const { id, model, service_tier, system_fingerprint } = reply
  // One by one: every event of a stream has them.
  if (id && typeof id === 'string') response.id = id
  if (model && typeof model === 'string') response.model = model
  if (typeof service_tier === 'string') response.serviceTier = service_tier
  if (typeof system_fingerprint === 'string') response.fingerprint = system_fingerprint
  return reply
}

/**
 * The counts, under the two names that they have; images and audio say what they are of. What was cached,
 * and thought, DeepSeek, Mistral, Together and Perplexity say beside the totals.
 */
export function readUsage(call: ModelCall, usage: Json | undefined): void {
  const { total_tokens, seconds, ...rest } = fields(usage)
  const total = number(total_tokens)
  const within = fields(
    rest.prompt_tokens_details ??
      rest.input_tokens_details ??
      rest.input_token_details ??
      rest.prompt_token_details,
  )
  const without = fields(rest.completion_tokens_details ?? rest.output_tokens_details)
  const input = number(rest.prompt_tokens ?? rest.input_tokens)
  const output = number(rest.completion_tokens ?? rest.output_tokens)
  if (usage === undefined || (input ?? output ?? total ?? number(seconds)) === undefined) return
  call.usage = inclusiveUsage(
    {
      input,
      output,
      total,
      cacheRead: number(
        within.cached_tokens ??
          rest.prompt_cache_hit_tokens ??
          rest.num_cached_tokens ??
          rest.cached_tokens,
      ),
      cacheWrite: number(within.cache_write_tokens),
      reasoning: number(without.reasoning_tokens ?? rest.reasoning_tokens),
      textInput: number(within.text_tokens),
      imageInput: number(within.image_tokens),
      audioInput: number(within.audio_tokens),
      textOutput: number(without.text_tokens),
      imageOutput: number(without.image_tokens),
      audioOutput: number(without.audio_tokens),
      seconds: number(seconds),
    },
    usage,
    // Perplexity's, which are no part of what was completed.
    without.reasoning_tokens === undefined && rest.reasoning_tokens !== undefined,
  )
}
