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
import { fields, isAnyObject, isObject, items, number, string, type JsonObject } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { Choice } from '../message.ts'
import { hasRoom } from './budget.ts'
import type { WireFormat } from './format.ts'
import { withPiece } from './google-arguments.ts'
import { addMedia, nameReply, sayText } from './google-parts.ts'
import { readCounts } from './google-usage.ts'
import { readRequest } from './google.ts'
import { addArguments, addOther, choiceAt, finish, isFinished, nameToolCall } from './reply.ts'

export const googleGenerateContent: WireFormat = {
  name: 'google.generate_content',
  operation: 'generate_content',
  stream: sse,
  jsonStream: jsonArray,
  bulk: { over: 65_536 }, // a picture, and no text that a model would write
  matches: ({ pathname }) => /(?::|%3A)(?:stream)?generateContent\/?$/i.test(pathname),
  accepts: (body) => isAnyObject(fields(body).contents),
  request(call, body) {
    readRequest(call, body)
    call.request.stream = /(?::|%3A)stream/i.test(call.http.url)
  },

  reply(call, payload) {
    const { candidates, promptFeedback, usageMetadata, modelVersion, responseId } = fields(payload)
    nameReply(call, responseId, modelVersion)
    for (const candidate of items(candidates)) readCandidate(call, fields(candidate))
    const { blockReason } = fields(promptFeedback)
    if (blockReason) finish(choiceAt(call, 0), string(blockReason), 'content_filter')
    readCounts(call, usageMetadata)
    call.usage.final &&= isFinished(call) // every event of a stream counts; the last one counts all
    return undefined
  },
}

function readCandidate(call: ModelCall, { index, content, finishReason }: JsonObject): void {
  const choice = choiceAt(call, number(index) ?? 0)
  for (const part of items(fields(content).parts)) readPart(call, choice, fields(part))
  finish(choice, string(finishReason))
}

function readPart(call: ModelCall, choice: Choice, part: JsonObject): void {
  const { text, thought, functionCall, inlineData } = part
  if (typeof text === 'string') return sayText(call, choice, thought ? 'reasoning' : 'text', text)
  if (isObject(functionCall)) return readCall(call, choice, functionCall)
  if (isObject(inlineData)) return addMedia(call, choice, inlineData)
  const name = Object.keys(part).find((key) => isObject(part[key])) // without its signature
  if (name) addOther(call, choice, choice.message.parts.length, name, { [name]: part[name] })
}

/** Arguments may come in pieces; what has no name goes on with the call before it. */
function readCall(call: ModelCall, choice: Choice, called: JsonObject): void {
  const { id, name, args, partialArgs } = called
  const { parts } = choice.message
  const goesOn = name === undefined && parts.at(-1)?.type === 'tool_call'
  const slot = goesOn ? parts.length - 1 : parts.length
  nameToolCall(choice, slot, string(id), string(name))
  addArguments(call, choice, slot, args)
  const part = parts.at(-1)
  if (part?.type === 'tool_call')
    for (const piece of items(partialArgs))
      if (hasRoom(call, string(fields(piece).stringValue) ?? ''))
        part.arguments = withPiece(part.arguments, piece)
}
