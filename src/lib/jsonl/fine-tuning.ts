/**
 * Calls as examples for training, in OpenAI's chat format.
 *
 * @see https://platform.openai.com/docs/guides/supervised-fine-tuning
 * @module
 */

import { fields, isObject, items, string, type Json } from '../json.ts'
import type { SpanRecord } from '../record.ts'
import type { ModelCall } from '../model-call.ts'
import { anthropicExample } from './anthropic.ts'
import type { AssistantMessage, Example, ExampleReader, Skip } from './example.ts'
import { callId, googleExample } from './google.ts'
import { chatExample, readToolCall } from './openai-chat.ts'
import { responsesExample } from './openai-responses.ts'
import { newest } from './raw.ts'

export interface FineTuning {
  /** Each a line of the file. */
  lines: readonly string[]
  /** The calls that are no example, each with why. */
  skipped: readonly SkippedCall[]
}

export interface SkippedCall {
  /** Of the record. */
  id: string
  reason: string
}

const READERS = new Map<string, ExampleReader>([
  ['openai.chat', chatExample],
  ['openai.responses', responsesExample],
  ['anthropic.messages', anthropicExample],
  ['google.generate_content', googleExample],
])

/**
 * One line for each chat call that succeeded and is there in full: what was asked, the tools, and the answer.
 *
 * Reads calls of OpenAI's Chat Completions (on any host) and Responses, of Anthropic Messages, and of
 * Google's generateContent. Tool calls and their results are kept; what the model thought is left out.
 * A call that the format cannot say in full is left out whole, and `skipped` says why.
 *
 * @param records Of `memory()`, or what an exporter of your own was given. Steps are passed over.
 *
 * @example
 * ```ts
 * import { createTracer, memory } from 'carrot-trace'
 * import { toFineTuning } from 'carrot-trace/export'
 * import OpenAI from 'openai'
 *
 * const recorded = memory()
 * const openai = createTracer({ exporters: [recorded] }).wrap(new OpenAI())
 * const messages = [{ role: 'user' as const, content: 'A refund?' }]
 * await openai.chat.completions.create({ model: 'gpt-4o', messages })
 * const { lines, skipped } = toFineTuning(recorded.records)
 * console.log(lines.join('\n'), skipped)
 * ```
 */
export function toFineTuning(records: readonly SpanRecord[]): FineTuning {
  const lines: string[] = []
  const skipped: SkippedCall[] = []
  for (const record of newest(records)) {
    if (!record.call) continue
    const reasons: string[] = []
    const example = exampleOf(record, record.call, (reason) => void reasons.push(reason))
    const [reason] = reasons
    if (reason === undefined && example) lines.push(JSON.stringify(example))
    else skipped.push({ id: record.id, reason: reason ?? 'it could not be read' })
  }
  return { lines, skipped }
}

function exampleOf(record: SpanRecord, call: ModelCall, skip: Skip): object | undefined {
  const { input, output, status } = record
  const reader = READERS.get(call.format)
  if (status !== 'success' || call.ended !== 'complete') return skip(`it ended as ${endOf(record)}`)
  if (!reader) return skip(`calls of the format ${call.format} are not read`)
  if (call.capture.unseen) return skip(`its request was not seen: ${call.capture.unseen}`)
  if (call.capture.truncated) return skip('it was cut when it was recorded (capture.maxBytes)')
  if (!isObject(input) || output === undefined) return skip('its content was not recorded')
  if (isOutlined(input) || isOutlined(output)) return skip('its content was not recorded')
  if (isWithoutMedia(input)) return skip('its pictures or sound were not recorded (capture.media)')
  const [choice] = call.response.choices
  const { finishReason = null } = choice ?? {}
  if (finishReason !== 'stop' && finishReason !== 'tool_call') {
    return skip(`its answer ended by ${finishReason ?? 'nothing that was said'}`)
  }
  const { messages, tools }: Example = reader(input, skip)
  const before = messages.flatMap((each) => ('tool_calls' in each ? (each.tool_calls ?? []) : []))
  const answer = answerOf(output, before.length, skip)
  const parallel = input.parallel_tool_calls
  return {
    messages: [...messages, answer],
    ...(tools.length > 0 && { tools }),
    ...(tools.length > 0 && typeof parallel === 'boolean' && { parallel_tool_calls: parallel }),
  }
}

function endOf({ status, call }: SpanRecord): string {
  return call && call.ended !== 'complete' ? call.ended : status
}

/**
 * As records carry it, whatever the API.
 *
 * @param before How many calls of tools there were.
 */
function answerOf(output: Json, before: number, skip: Skip): AssistantMessage | undefined {
  const { choices, content, refusal, blocks, tool_calls } = fields(output)
  if (choices !== undefined) return skip(`it has ${items(choices).length} answers, a line has one`)
  if (refusal !== undefined) return skip('the model refused')
  if (blocks !== undefined) return skip('its answer has a block for which the format has no place')
  const said = string(content) ?? ''
  const calls = items(tool_calls).map((call, index) => {
    const { id } = fields(call)
    return readToolCall({ ...fields(call), id: string(id) ?? callId(before + index) }, skip)
  })
  if (said === '' && calls.length === 0) return skip('its answer is empty')
  const called = calls.length > 0 ? { tool_calls: calls } : {}
  return { role: 'assistant', content: said === '' ? null : said, ...called }
}

/** A reference where a file stood, as `capture: { media: 'reference' }` has it, or nothing of it. */
function isWithoutMedia(input: Json): boolean {
  return /(?:"|base64,)\[(?:left out|\d+ bytes, [\da-f]{8})\]"/.test(JSON.stringify(input))
}

/** Every text by its length alone, as `capture: { content: 'metadata' }` has it. */
function isOutlined(content: Json): boolean {
  return /"\[\d+ characters\]"/.test(JSON.stringify(content))
}
