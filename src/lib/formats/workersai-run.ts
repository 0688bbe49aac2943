/**
 * Workers AI, `POST /ai/run/<model>`; by its binding the same without the envelope.
 *
 * @see https://developers.cloudflare.com/workers-ai/configuration/bindings/
 * @module
 */

import { sse } from '../framing/sse.ts'
import { fields, isObject, items, string, type Json, type JsonObject } from '../json.ts'
import type { Choice, ModelCall } from '../record.ts'
import type { WireFormat } from './format.ts'
import { openaiChat } from './openai-chat.ts'
import { readRequest, readUsage } from './openai.ts'
import { addArguments, addText, choiceAt, nameToolCall } from './reply.ts'
import { countVectors } from './vectors.ts'

export const workersaiRun: WireFormat = {
  name: 'workersai.run',
  operation: 'chat',
  stream: sse,
  bulk: { over: 256, lists: true },
  matches: ({ pathname }) => /\/ai\/run\/@/.test(pathname),
  accepts: isObject,

  request(call, body) {
    readRequest(call, body)
    call.request.model = modelIn(call) ?? call.request.model
    if (fields(body).text !== undefined) call.operation = 'embeddings'
  },

  reply(call, payload) {
    const { result, success } = fields(payload)
    const answer = fields(success !== undefined && isObject(result) ? result : payload)
    if (answer.choices) return openaiChat.reply(call, answer) // newer models
    const { response, tool_calls, usage, shape, data } = answer
    readUsage(call, usage)
    if (shape && Array.isArray(data)) countVectors(call, data)
    if (response === undefined && tool_calls === undefined) return undefined
    const choice = choiceAt(call, 0)
    addText(call, choice, 'content', 'text', textOf(response))
    items(tool_calls).forEach((tool, at) => readToolCall(choice, fields(tool), at))
    return undefined

    function readToolCall(choice: Choice, tool: JsonObject, at: number): void {
      const { name, arguments: json } = fields(tool.function ?? tool)
      nameToolCall(choice, at, string(tool.id), string(name))
      addArguments(call, choice, at, json)
    }
  },
}

/** In the address, as it was given to the binding. */
function modelIn({ http }: ModelCall): string | undefined {
  return /\/ai\/run\/(.+)$/.exec(http.url)?.[1]
}

/** A piece of text that looks like a number or a boolean comes as one. */
function textOf(response: Json | undefined): string | undefined {
  if (response === undefined || response === null) return undefined
  return typeof response === 'object' ? JSON.stringify(response) : String(response)
}
