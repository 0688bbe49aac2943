/**
 * Replicate's predictions, `POST /v1/predictions` and that of a model or a deployment: the call that
 * makes one. Its answer has the output where it was waited for (`Prefer: wait`); otherwise clients ask
 * for it, and for its stream, in requests of their own, which are no calls.
 *
 * @see https://replicate.com/docs/reference/http#predictions.create
 * @module
 */

import { defined, fields, isObject, items, number, string, type Json } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { WireFormat } from './format.ts'
import { params } from './params.ts'
import { addOther, addText, choiceAt, finish } from './reply.ts'
import { inclusiveUsage } from './usage.ts'

const ADDRESS = /\/(?:(?:models|deployments)\/([^/]+\/[^/]+)\/)?predictions\/?$/

export const replicatePredictions: WireFormat = {
  name: 'replicate.predictions',
  operation: 'chat',
  bulk: { over: 65_536 },
  matches: ({ hostname, pathname }) =>
    ADDRESS.test(pathname) && /replicate/.test(hostname + pathname),
  accepts: (body) => isObject(fields(body).input),

  request(call, body) {
    const { model, version, input } = fields(body)
    const { max_tokens, max_new_tokens, temperature, top_p, top_k, seed } = fields(input)
    const [, named] = ADDRESS.exec(call.http.url) ?? []
    call.request.model = named ?? string(model) ?? string(version)
    call.request.params = params({
      maxTokens: max_tokens ?? max_new_tokens,
      temperature,
      topP: top_p,
      topK: top_k,
      seed,
    })
  },

  reply(call, payload) {
    const { id, model, status, output, metrics } = fields(payload)
    call.response.id = string(id)
    call.response.model = string(model)
    const isOver = /^(?:succeeded|failed|canceled)$/.test(string(status) ?? '')
    if (output !== null && output !== undefined) readOutput(call, output)
    if (isOver) finish(choiceAt(call, 0), string(status))
    readMetrics(call, metrics)
    return undefined
  },
}

/** A text, in pieces or not; files by their address; or whatever the model gives. */
function readOutput(call: ModelCall, output: Json): void {
  const choice = choiceAt(call, 0)
  const pieces = typeof output === 'string' ? [output] : items(output)
  const texts = pieces.filter((piece) => typeof piece === 'string')
  if (texts.length === 0 || texts.length < pieces.length) {
    return addOther(call, choice, 0, 'output', output)
  }
  texts.forEach((text, at) => {
    if (/^(?:https|data):/.test(text)) {
      const url = /^https:[^?#]*/.exec(text)?.[0]
      addOther(call, choice, at, 'file', defined({ type: 'file', url }))
    } else addText(call, choice, 'text', 'text', text)
  })
}

function readMetrics(call: ModelCall, metrics: Json | undefined): void {
  const { input_token_count, output_token_count } = fields(metrics)
  const input = number(input_token_count)
  const output = number(output_token_count)
  if (metrics === undefined || (input ?? output) === undefined) return
  const total = input === undefined || output === undefined ? undefined : input + output
  call.usage = inclusiveUsage({ input, output, total }, metrics)
}
