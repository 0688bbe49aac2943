/**
 * What Ollama's endpoints have in common: they stream unless told not to, take their parameters
 * under `options`, and say a reply in lines that are all of one shape, the last with the counts.
 *
 * @see https://docs.ollama.com/api
 * @module
 */

import { bytesOf } from '../bulk.ts'
import { defined, fields, isObject, items, number, string, type Json } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { Choice } from '../message.ts'
import { params } from './params.ts'
import { addArguments, addOther, addText, choiceAt, finish, nameToolCall } from './reply.ts'
import { inclusiveUsage } from './usage.ts'

export function readRequest(call: ModelCall, body: Json): void {
  const { model, stream, options, format, think, dimensions } = fields(body)
  const { num_predict, ...given } = fields(options)
  call.request.model = string(model)
  call.request.stream = stream !== false
  call.request.params = params({
    maxTokens: num_predict,
    temperature: given.temperature,
    topP: given.top_p,
    topK: given.top_k,
    seed: given.seed,
    frequencyPenalty: given.frequency_penalty,
    presencePenalty: given.presence_penalty,
    stop: given.stop,
    reasoningLevel: think,
    outputType: format === 'json' || isObject(format) ? 'json' : undefined,
    dimensions,
  })
}

/** A whole reply, or one line of it: chat says a message, generation says its text bare. */
export function readReply(call: ModelCall, payload: Json): 'done' | undefined {
  const reply = fields(payload)
  const { model, message, response, done, done_reason } = reply
  call.response.model = string(model) ?? call.response.model
  if (!isObject(message) && typeof response !== 'string' && done !== true) return undefined
  const choice = choiceAt(call, 0)
  const { content, thinking, tool_calls, image } = fields(
    message ?? { ...reply, content: response },
  )
  addText(call, choice, 'reasoning', 'reasoning', string(thinking))
  addText(call, choice, 'content', 'text', string(content))
  for (const tool of items(tool_calls)) addToolCall(call, choice, tool)
  if (typeof image === 'string' && image)
    addOther(call, choice, 'image', 'image', { type: 'image', bytes: bytesOf(image) })
  if (done !== true) return undefined
  finish(choice, string(done_reason))
  readUsage(call, payload)
  return 'done'
}

/** They come whole, and most without an id: each is another one. */
function addToolCall(call: ModelCall, choice: Choice, tool: Json): void {
  const { id, function: called } = fields(tool)
  const { name, arguments: given } = fields(called)
  const slot = choice.message.parts.length
  nameToolCall(choice, slot, string(id), string(name))
  addArguments(call, choice, slot, given)
}

/** A prompt that was all in the cache is not counted: that is unknown, not 0. */
export function readUsage(call: ModelCall, payload: Json): void {
  const { prompt_eval_count, eval_count, ...rest } = fields(payload)
  const input = number(prompt_eval_count)
  const output = number(eval_count)
  if ((input ?? output) === undefined) return
  const total = input === undefined || output === undefined ? undefined : input + output
  const durations = Object.entries(rest).filter(([name]) => name.endsWith('_duration'))
  const raw = { ...Object.fromEntries(durations), ...defined({ prompt_eval_count, eval_count }) }
  call.usage = inclusiveUsage({ input, output, total }, raw)
}
