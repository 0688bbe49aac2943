/**
 * Amazon Bedrock's Converse, `POST /model/{model}/converse` and `/converse-stream`: one form for the
 * models of all who offer theirs there.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html
 * @module
 */

import { bytesOf } from '../bulk.ts'
import { awsEventStream } from '../framing/aws-event-stream.ts'
import {
  defined,
  fields,
  isObject,
  items,
  number,
  string,
  type Json,
  type JsonObject,
} from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { Choice } from '../message.ts'
import { count, isOperation, readAddress } from './bedrock.ts'
import type { WireFormat } from './format.ts'
import { params } from './params.ts'
import {
  addArguments,
  addOther,
  addPiece,
  addText,
  choiceAt,
  closeBlock,
  finish,
  nameToolCall,
  otherAt,
} from './reply.ts'

export const bedrockConverse: WireFormat = {
  name: 'bedrock.converse',
  operation: 'chat',
  stream: awsEventStream,
  bulk: { over: 65_536 }, // a picture, and no text that a model would write
  matches: ({ pathname }) => isOperation(pathname, 'converse(?:-stream)?'),
  accepts(body) {
    const { messages, promptVariables } = fields(body)
    return Array.isArray(messages) || isObject(promptVariables)
  },

  request(call, body) {
    const { inferenceConfig, additionalModelRequestFields, serviceTier } = fields(body)
    const { maxTokens, temperature, topP, stopSequences } = fields(inferenceConfig)
    const { top_k, thinking } = fields(additionalModelRequestFields)
    readAddress(call)
    call.request.params = params({
      maxTokens,
      temperature,
      topP,
      topK: top_k,
      stop: stopSequences,
      reasoningBudget: fields(thinking).budget_tokens,
      serviceTier: fields(serviceTier).type,
    })
  },

  head(call, headers) {
    call.response.id = headers.get('x-amzn-requestid') ?? undefined // its replies name no other
  },

  /** A whole reply has the members `output`, `stopReason` and `usage`, an event one that names it. */
  reply(call, payload) {
    const {
      output,
      contentBlockStart,
      contentBlockDelta,
      contentBlockStop,
      messageStop,
      metadata,
      ...whole
    } = fields(payload)
    const { contentBlockIndex, start, delta } = fields(
      contentBlockStart ?? contentBlockDelta ?? contentBlockStop,
    )
    const { content } = fields(fields(output).message)
    items(content).forEach((block, index) => readBlock(call, index, block))
    const slot = number(contentBlockIndex) ?? 0
    if (start ?? delta) readBlock(call, slot, start ?? delta)
    if (contentBlockStop) closeBlock(call, choiceAt(call, 0), slot)
    const { usage } = fields(metadata ?? whole)
    const stop = string(fields(messageStop ?? whole).stopReason)
    if (stop) finish(choiceAt(call, 0), stop)
    readUsage(call, usage)
    return metadata ? 'done' : undefined
  },
}

/** All of a block, what there is of it at its start, or the next piece. */
function readBlock(call: ModelCall, slot: number, said: Json | undefined): void {
  const block = fields(said)
  const { text, reasoningContent, toolUse, citationsContent, image } = block
  const choice = choiceAt(call, 0)
  addText(call, choice, slot, 'text', string(text))
  for (const part of items(fields(citationsContent).content)) {
    addText(call, choice, slot, 'text', string(fields(part).text))
  }
  if (isObject(toolUse)) readToolUse(call, choice, slot, toolUse)
  const { reasoningText, redactedContent, ...piece } = fields(reasoningContent)
  addText(call, choice, slot, 'reasoning', string(fields(reasoningText ?? piece).text))
  if (redactedContent) addOther(call, choice, slot, 'redacted_thinking', null)
  if (image) addImage(call, choice, slot, image)
  const [other = ''] = Object.keys(block)
  if (!KNOWN.has(other) && isObject(block[other])) {
    addOther(call, choice, slot, other, { [other]: block[other] })
  }
}

/** Of a tool of the application, or of one that Amazon runs itself. */
function readToolUse(call: ModelCall, choice: Choice, slot: number, toolUse: JsonObject): void {
  const { type, toolUseId, name, input } = toolUse
  if (type === 'server_tool_use') return addOther(call, choice, slot, type, toolUse)
  if (addPiece(call, choice, slot, 'input', string(input))) return
  nameToolCall(choice, slot, string(toolUseId), string(name))
  addArguments(call, choice, slot, input)
}

const KNOWN = new Set([
  'text',
  'reasoningContent',
  'toolUse',
  'citationsContent',
  'citation',
  'image',
])

/** Its type, then its bytes in pieces. */
function addImage(call: ModelCall, choice: Choice, slot: number, image: Json): void {
  const { format, source } = fields(image)
  const { bytes } = fields(source)
  const before = otherAt(choice, slot)
  const type = string(format) ?? string(before.format)?.replace(/^image./, '')
  addOther(
    call,
    choice,
    slot,
    'image',
    defined({
      type: 'image',
      format: type && `image/${type}`,
      bytes: (number(before.bytes) ?? 0) + (typeof bytes === 'string' ? bytesOf(bytes) : 0),
    }),
  )
}

/** Nova itself, by InvokeModel, has other names for what was cached. */
function readUsage(call: ModelCall, usage: Json | undefined): void {
  if (usage === undefined) return
  const { inputTokens, outputTokens, cacheDetails, ...cached } = fields(usage)
  const hour = items(cacheDetails).find((part) => fields(part).ttl === '1h')
  const cacheRead = cached.cacheReadInputTokens ?? cached.cacheReadInputTokenCount
  const cacheWrite = cached.cacheWriteInputTokens ?? cached.cacheWriteInputTokenCount
  const counts = [inputTokens, outputTokens, cacheRead, cacheWrite, fields(hour).inputTokens]
  count(call, counts, usage)
}
