/**
 * OpenAI Chat Completions, `POST /v1/chat/completions`, and every host that speaks it.
 *
 * @see https://platform.openai.com/docs/api-reference/chat
 * @module
 */

import { bytesOf } from '../bulk.ts'
import { sse } from '../framing/sse.ts'
import { defined, fields, isObject, items, number, string, type JsonObject } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { Choice } from '../message.ts'
import type { WireFormat } from './format.ts'
import { readHead, readRequest, readUsage } from './openai.ts'
import {
  addArguments,
  addOther,
  addText,
  choiceAt,
  finish,
  isFinished,
  nameToolCall,
  otherAt,
} from './reply.ts'
import { openaiStreamUsage } from './stream-usage.ts'

export const openaiChat: WireFormat = {
  name: 'openai.chat',
  operation: 'chat',
  stream: sse,
  bulk: { over: 65_536, wholeOnly: true }, // sound, and no text that a model would write
  // Mistral's agents, and its models on Vertex AI; Perplexity's Sonar.
  matches: ({ pathname }) =>
    /\/(?:chat|agents)\/completions\/?$|\/v1\/sonar\/?$|\/mistralai\/models\/[^/]+(?::|%3A)(?:stream)?rawPredict$/i.test(
      pathname,
    ),
  accepts: (body) => Array.isArray(fields(body).messages),
  streamUsage: openaiStreamUsage,

  request: readRequest,

  reply(call, payload) {
    const { choices, x_groq, ...reply } = readHead(call, payload)
    // Groq's place for it, and Moonshot's.
    const usage = reply.usage ?? fields(x_groq).usage ?? fields(items(choices)[0]).usage
    for (const choice of items(choices)) readChoice(call, fields(choice))
    readUsage(call, usage)
    if (call.stream && !isFinished(call)) call.usage.final = false // some count in every event
    return undefined
  },
}

function readChoice(call: ModelCall, { index, message, delta, finish_reason }: JsonObject): void {
  const choice = choiceAt(call, number(index) ?? 0)
  const said = fields(message ?? delta)
  // By Groq itself, before it answers.
  items(said.executed_tools).forEach((tool, at) =>
    addOther(call, choice, `run ${number(fields(tool).index) ?? at}`, 'executed_tool', tool),
  )
  addText(call, choice, 'reasoning', 'reasoning', string(said.reasoning_content ?? said.reasoning))
  addText(call, choice, 'content', 'text', string(said.content))
  for (const part of items(said.content)) readPart(call, choice, fields(part))
  addText(call, choice, 'refusal', 'refusal', string(said.refusal))
  if (isObject(said.audio)) readSound(call, choice, said.audio)
  for (const tool of items(said.tool_calls)) readToolCall(call, choice, fields(tool))
  items(said.images).forEach((image, at) => readImage(call, choice, fields(image), at))
  if (said.function_call) readToolCall(call, choice, { function: said.function_call }) // of old
  finish(choice, string(finish_reason))
}

/** What is said aloud: its words as text, of the sound its size. A stream tells both in pieces. */
function readSound(call: ModelCall, choice: Choice, { id, data, transcript }: JsonObject): void {
  addText(call, choice, 'transcript', 'text', string(transcript))
  const before = otherAt(choice, 'audio')
  const bytes = typeof data === 'string' ? bytesOf(data) : 0
  const sound = { type: 'audio', id: before.id ?? id, bytes: (number(before.bytes) ?? 0) + bytes }
  addOther(call, choice, 'audio', 'audio', sound)
}

/** OpenRouter's: a data URL, of which type and size are kept, or another. */
function readImage(call: ModelCall, choice: Choice, image: JsonObject, at: number): void {
  const url = string(fields(image.image_url).url) ?? ''
  const [, format, data] = /^data:([^;,]*)[^,]*,(.*)/s.exec(url) ?? []
  const told =
    data === undefined ? { url: url.replace(/[?#].*/, '') } : { format, bytes: bytesOf(data) }
  addOther(call, choice, `image ${at}`, 'image', defined({ type: 'image', ...told }))
}

/** Mistral: content in parts. */
function readPart(call: ModelCall, choice: Choice, { text, thinking }: JsonObject): void {
  addText(call, choice, 'content', 'text', string(text))
  for (const part of items(thinking))
    addText(call, choice, 'reasoning', 'reasoning', string(fields(part).text))
}

/** Some say no index: what has no name goes on with the call before it. */
function readToolCall(call: ModelCall, choice: Choice, tool: JsonObject): void {
  const { index, id, function: called, custom } = tool
  const { name, arguments: json, input } = fields(called ?? custom)
  const { parts } = choice.message
  const goesOn = !name && parts.at(-1)?.type === 'tool_call'
  const slot = number(index) ?? `at ${parts.length - Number(goesOn)}`
  nameToolCall(choice, slot, string(id), string(name))
  addArguments(call, choice, slot, json ?? input)
}
