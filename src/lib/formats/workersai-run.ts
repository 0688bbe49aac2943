/**
 * Cloudflare's Workers AI by REST, `POST …/ai/run/{model}`: every kind of model at one address, each
 * with a form of its own; and `…/ai/run` and AI Gateway's `run`, which name the model in the body. Their
 * streams are not wrapped as whole replies are.
 *
 * @see https://developers.cloudflare.com/workers-ai/get-started/rest-api/
 * @module
 */

import { bytesOf } from '../bulk.ts'
import { sse } from '../framing/sse.ts'
import { fields, isObject, items, number, string, type Json, type JsonObject } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { Choice } from '../message.ts'
import type { WireFormat } from './format.ts'
import { openaiChat } from './openai-chat.ts'
import { readRequest, readUsage } from './openai.ts'
import { addArguments, addOther, addText, choiceAt, nameToolCall } from './reply.ts'
import { countVectors } from './vectors.ts'

const ADDRESS =
  /\/(?:accounts\/[^/]+\/ai\/run|workers-ai)(?:\/run)?\/((?:@|%40)\w+\/.+?)\/?$|\/accounts\/[^/]+\/ai\/run\/?$/i
const GATEWAY = /^\/v1\/[^/]+\/[^/]+\/run\/?$/

export const workersaiRun: WireFormat = {
  name: 'workersai.run',
  operation: 'chat',
  stream: sse,
  media: true,
  bulk: { over: 4096, lists: true, wholeOnly: true }, // what a text has in one line is shorter
  matches: ({ hostname, pathname }) =>
    ADDRESS.test(pathname) || (hostname === 'gateway.ai.cloudflare.com' && GATEWAY.test(pathname)),
  accepts(body) {
    const { model, input, ...rest } = fields(body)
    const isNamed = typeof model === 'string' && (isObject(input) || typeof input === 'string')
    return isNamed || ASKING.some((name) => rest[name] !== undefined)
  },

  request(call, body, header) {
    const { model, input } = fields(body)
    const asked = isObject(input) ? input : fields(body)
    readRequest(call, asked)
    const [, named] = ADDRESS.exec(call.http.url.replace(/\?.*/, '')) ?? []
    call.request.model = named?.replace(/%40/g, '@') ?? string(model)
    call.request.stream ||= header('accept') === 'text/event-stream'
    call.operation = operationOf(call.request.model ?? '', asked)
    const inputs = asked.text ?? asked.contexts
    if (inputs !== undefined) call.request.inputCount = items(inputs).length || 1
  },

  reply(call, payload) {
    const { result = payload } = fields(payload)
    const reply = fields(result)
    if (reply.choices) {
      openaiChat.reply(call, result)
      // Every event but the last counts itself alone.
      if (call.stream && items(reply.choices).length > 0) call.usage.final = false
      return undefined
    }
    readResult(call, reply)
    readUsage(call, reply.usage)
    return call.stream && call.usage.final ? 'done' : undefined
  },
}

const ASKING = ['messages', 'prompt', 'text', 'query', 'audio', 'image', 'requests', 'input_text']

function operationOf(model: string, { text, contexts, audio }: JsonObject): string {
  if (contexts) return 'rerank'
  if (audio) return 'transcription'
  if (/flux|diffusion|dreamshaper|lucid|phoenix/i.test(model)) return 'image_generation'
  if (/melotts|aura/i.test(model)) return 'speech'
  return text && /bge|embed|gemma-300m/i.test(model) ? 'embeddings' : 'chat'
}

function readResult(call: ModelCall, reply: JsonObject): void {
  const { response, tool_calls, data, image, audio, type, bytes, ...rest } = reply
  const text = response ?? rest.text ?? rest.translated_text ?? rest.summary ?? rest.description
  if (Array.isArray(data)) {
    countVectors(
      call,
      data.map((one: Json) => fields(one).embedding ?? one),
    )
  } else if (Array.isArray(response)) {
    call.response.outputCount = response.length
    addOther(call, choiceAt(call, 0), 0, 'ranking', { type: 'ranking', results: response })
  } else if (text !== undefined || tool_calls) {
    const choice = choiceAt(call, 0)
    addText(call, choice, 'text', 'text', textOf(text))
    items(tool_calls).forEach((tool, at) => readToolCall(call, choice, fields(tool), at))
  } else if (typeof (image ?? audio ?? bytes) === 'string' || number(bytes) !== undefined) {
    const kind = image ? 'image' : audio ? 'audio' : /^\w+/.exec(string(type) ?? '')?.[0]
    const size = number(bytes) ?? bytesOf(string(image ?? audio) ?? '')
    const format = bytes === undefined ? {} : { format: type }
    addOther(call, choiceAt(call, 0), 0, kind ?? 'file', { type: kind, ...format, bytes: size })
  }
}

/** What looks like a number, or like JSON, comes as one. */
function textOf(text: Json | undefined): string | undefined {
  if (text === null || text === undefined) return undefined
  return typeof text === 'string' ? text : JSON.stringify(text)
}

/** In OpenAI's form, or bare with arguments that are no text; all of it at once. */
function readToolCall(call: ModelCall, choice: Choice, tool: JsonObject, at: number): void {
  const { name, arguments: given } = isObject(tool.function) ? tool.function : tool
  nameToolCall(choice, at, string(tool.id), string(name))
  addArguments(call, choice, at, given, true)
}
