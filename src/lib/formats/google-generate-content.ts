/**
 * Google's `generateContent`, on the Gemini API, Vertex AI, and every host that speaks it.
 *
 * A stream is whole replies, each with the next pieces and the counts so far: server-sent events
 * with `?alt=sse`, and otherwise one JSON array that is written element by element.
 *
 * @see https://ai.google.dev/api/generate-content
 * @see https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference
 * @module
 */

import { jsonArray } from '../framing/json-array.ts'
import { sse } from '../framing/sse.ts'
import { fields, isObject, items, number, string, type JsonObject } from '../json.ts'
import type { Choice, ModelCall } from '../record.ts'
import type { WireFormat } from './format.ts'
import { withPiece } from './google-arguments.ts'
import { addMedia, isMethod, readCounts, readRequest, sayText } from './google.ts'
import { addArguments, addOther, choiceAt, finish, nameToolCall } from './reply.ts'

export const googleGenerateContent: WireFormat = {
  name: 'google.generate_content',
  operation: 'generate_content',
  stream: sse,
  jsonStream: jsonArray,
  bulk: { over: 65_536 }, // a picture, and no text that a model would write
  matches: (url) => isMethod(url, 'generateContent|streamGenerateContent'),
  accepts(body) {
    const { contents } = fields(body)
    return Array.isArray(contents) || isObject(contents)
  },
  request(call, body) {
    readRequest(call, body)
    call.request.stream = /streamGenerateContent/i.test(call.http.url)
  },

  reply(call, payload) {
    const { candidates, promptFeedback, usageMetadata, modelVersion, responseId } = fields(payload)
    const { response } = call
    response.id = string(responseId) ?? response.id
    response.model = string(modelVersion) ?? response.model
    for (const candidate of items(candidates)) readCandidate(call, fields(candidate))
    const blocked = string(fields(promptFeedback).blockReason)
    if (blocked) block(choiceAt(call, 0), blocked)
    readCounts(call, usageMetadata)
    const { choices } = response // every event of a stream counts; the last one counts all
    call.usage.final &&= choices.length > 0 && choices.every((choice) => choice.finishReason)
    return undefined
  },
}

function readCandidate(call: ModelCall, { index, content, finishReason }: JsonObject): void {
  const choice = choiceAt(call, number(index) ?? 0)
  for (const part of items(fields(content).parts)) readPart(call, choice, fields(part))
  finish(choice, string(finishReason))
}

/** A prompt that was refused has no answer, whatever the reason is called. */
function block(choice: Choice, reason: string): void {
  finish(choice, reason)
  choice.finishReason = 'content_filter'
}

function readPart(call: ModelCall, choice: Choice, part: JsonObject): void {
  const { text, thought, functionCall, inlineData } = part
  const { parts } = choice.message
  if (typeof text === 'string') return sayText(call, choice, thought ? 'reasoning' : 'text', text)
  if (isObject(functionCall)) return readCall(call, choice, functionCall)
  if (isObject(inlineData)) return addMedia(call, choice, inlineData)
  const name = Object.keys(part).find((key) => !/^thought|^media|Metadata$/.test(key))
  if (name) addOther(call, choice, parts.length, name, { [name]: part[name] })
}

/** Arguments may come in pieces; what has no name goes on with the call before it. */
function readCall(call: ModelCall, choice: Choice, called: JsonObject): void {
  const { id, name, args, partialArgs } = called
  const last = choice.message.parts.at(-1)
  const before = name === undefined && last?.type === 'tool_call' ? last : undefined
  const slot = choice.message.parts.length - Number(before !== undefined)
  nameToolCall(choice, slot, string(id), string(name))
  addArguments(call, choice, slot, args)
  const pieces = items(partialArgs)
  if (pieces.length > 0)
    addArguments(call, choice, slot, pieces.reduce(withPiece, before?.arguments ?? {}))
}
