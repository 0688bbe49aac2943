/**
 * Parameters of a request that come as one JSON object, in the words of whatever API it was.
 *
 * @module
 */

import { fields, isObject, string, type Json } from '../../src/lib/json.ts'
import type { Attributes } from './attributes.ts'
import { fromText } from './content.ts'

const REQUEST = 'gen_ai.request'

const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    model: `${REQUEST}.model`,
    stream: `${REQUEST}.stream`,
    max_tokens: `${REQUEST}.max_tokens`,
    max_completion_tokens: `${REQUEST}.max_tokens`,
    max_output_tokens: `${REQUEST}.max_tokens`,
    maxTokens: `${REQUEST}.max_tokens`,
    maxOutputTokens: `${REQUEST}.max_tokens`,
    temperature: `${REQUEST}.temperature`,
    top_p: `${REQUEST}.top_p`,
    topP: `${REQUEST}.top_p`,
    top_k: `${REQUEST}.top_k`,
    topK: `${REQUEST}.top_k`,
    seed: `${REQUEST}.seed`,
    frequency_penalty: `${REQUEST}.frequency_penalty`,
    frequencyPenalty: `${REQUEST}.frequency_penalty`,
    presence_penalty: `${REQUEST}.presence_penalty`,
    presencePenalty: `${REQUEST}.presence_penalty`,
    stop: `${REQUEST}.stop_sequences`,
    stop_sequences: `${REQUEST}.stop_sequences`,
    stopSequences: `${REQUEST}.stop_sequences`,
    n: `${REQUEST}.choice.count`,
    reasoning_effort: `${REQUEST}.reasoning.level`,
    service_tier: 'carrot.request.service_tier',
    dimensions: 'carrot.request.dimensions',
    encoding_format: `${REQUEST}.encoding_formats`,
    // Our own exporter's, which writes them as records have them.
    choiceCount: `${REQUEST}.choice.count`,
    reasoningLevel: `${REQUEST}.reasoning.level`,
    reasoningBudget: 'carrot.request.reasoning_budget',
    serviceTier: 'carrot.request.service_tier',
    outputType: 'gen_ai.output.type',
    encodingFormat: `${REQUEST}.encoding_formats`,
  }),
)

/** Told elsewhere. */
const TOLD = new Set(['messages', 'input', 'prompt', 'tools', 'functions', 'stream_options'])

/** What it does not know stays under the name that it came by. */
export function sayParameters(attributes: Attributes, name: string): void {
  const parameters = fromText(attributes.look(name))
  if (!isObject(parameters)) return
  attributes.take(name)
  const others: [string, Json][] = []
  for (const [own, value] of Object.entries(parameters)) {
    const standard = NAMES.get(own)
    if (value === undefined || value === null || value === '' || TOLD.has(own)) continue
    if (standard !== undefined) attributes.say(standard, value)
    else if (own === 'response_format') attributes.say('gen_ai.output.type', outputType(value))
    else others.push([own, value])
  }
  if (others.length > 0) attributes.say(`${name}.others`, Object.fromEntries(others))
}

/** In the word of the conventions; OpenAI says `json_object` and `json_schema`. */
export function outputType(format: Json | undefined): Json | undefined {
  const word = string(format) ?? string(fields(format).type)
  return word?.startsWith('json') ? 'json' : word
}
