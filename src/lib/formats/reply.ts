/**
 * Building a reply piece by piece: what every format's `reply` writes with.
 *
 * A piece finds its place by a slot (a content block's index, a tool call's index), so that pieces
 * may come interleaved. All text is counted against one budget; past it text is dropped and the call
 * says so, while counts, finish reasons and ids are still read.
 *
 * @module
 */

import { withoutBulk } from '../bulk.ts'
import { fields, parse, type Json, type JsonObject } from '../json.ts'
import type { Choice, FinishReason, ModelCall, Part, ToolCallPart } from '../record.ts'
import { normalise } from './finish-reason.ts'

type Slot = string | number

// Beside the call, not in it: a call is plain data and leaves as it stands.
const slots = new WeakMap<Choice, Map<Slot, Part>>()
const budgets = new WeakMap<ModelCall, number>()

/** Limits the text that the reply may hold. */
export function limitText(call: ModelCall, maxChars: number): void {
  budgets.set(call, maxChars)
}

/** Whether no more text will be kept. */
export function isTextSpent(call: ModelCall): boolean {
  return (budgets.get(call) ?? 0) < 0
}

/** The choice with this index, made and put in its place if it is new. */
export function choiceAt(call: ModelCall, index: number): Choice {
  const { choices } = call.response
  const found = choices.find((choice) => choice.index === index)
  if (found) return found
  const choice: Choice = {
    index,
    message: { role: 'assistant', parts: [] },
    finishReason: null,
  }
  const after = choices.findIndex((other) => other.index > index)
  choices.splice(after < 0 ? choices.length : after, 0, choice)
  return choice
}

/**
 * Appends text to the part in this slot. An empty piece leaves no trace. `whole` text is all of it,
 * and takes the place of the pieces before.
 */
export function addText(
  call: ModelCall,
  choice: Choice,
  slot: Slot,
  type: 'text' | 'reasoning' | 'refusal',
  text: string | undefined,
  whole = false,
): void {
  if (!text) return
  const part = partAt(choice, slot, () => ({ type, content: '' }))
  if (part.type === type) part.content = joined(call, part.content, text, whole)
}

/** Names the tool call in this slot; a later word on its id or name overwrites. */
export function nameToolCall(
  choice: Choice,
  slot: Slot,
  id: string | undefined,
  name: string | undefined,
): void {
  const part = toolCallAt(choice, slot)
  if (id) part.id = id
  if (name) part.name = name
}

/** Appends a piece of the arguments' JSON text, or all of it, or sets them where they come as a value. */
export function addArguments(
  call: ModelCall,
  choice: Choice,
  slot: Slot,
  piece: Json | undefined,
  whole = false,
): void {
  if (piece === undefined || piece === '') return
  const part = toolCallAt(choice, slot)
  if (typeof piece !== 'string') {
    part.arguments = piece
    return
  }
  const earlier = typeof part.arguments === 'string' ? part.arguments : ''
  part.arguments = joined(call, earlier, piece, whole)
}

/** Keeps a block that is named but not read, without its bulk; a later word on it overwrites. */
export function addOther(
  call: ModelCall,
  choice: Choice,
  slot: Slot,
  name: string,
  content: Json,
): void {
  const part = partAt(choice, slot, () => ({ type: 'other', name, content: null }))
  if (part.type !== 'other') return
  const earlier = part.content === null ? '' : JSON.stringify(part.content)
  part.content = parse(joined(call, earlier, withoutBulk(content), true)) ?? null
}

/** What is kept of the block in this slot so far. */
export function otherAt(choice: Choice, slot: Slot): JsonObject {
  const part = slots.get(choice)?.get(slot)
  return fields(part?.type === 'other' ? part.content : null)
}

/** The provider's word for why the model stopped; `reason` where that word does not tell. */
export function finish(choice: Choice, raw: string | undefined, reason?: FinishReason): void {
  if (!raw) return
  choice.finishReasonRaw = raw
  choice.finishReason = reason ?? normalise(raw)
}

/** Whether the model has said of each choice why it stopped. */
export function isFinished({ response: { choices } }: ModelCall): boolean {
  return choices.length > 0 && choices.every((choice) => choice.finishReason !== null)
}

/** Closes the reply: arguments become values, and a stop that calls tools is called so. */
export function closeReply(call: ModelCall): void {
  for (const choice of call.response.choices) {
    const calls = choice.message.parts.filter((part) => part.type === 'tool_call')
    for (const part of calls) readArguments(part)
    if (calls.length > 0 && choice.finishReason === 'stop') choice.finishReason = 'tool_call'
  }
}

function readArguments(part: ToolCallPart): void {
  if (typeof part.arguments !== 'string') return
  const value = parse(part.arguments)
  if (value === undefined) part.argumentsInvalid = true
  else part.arguments = value
}

function toolCallAt(choice: Choice, slot: Slot): ToolCallPart {
  const empty: ToolCallPart = { type: 'tool_call', id: null, name: '', arguments: {} }
  const part = partAt(choice, `tool ${slot}`, () => empty)
  return part.type === 'tool_call' ? part : empty
}

function partAt(choice: Choice, slot: Slot, make: () => Part): Part {
  const places = slots.get(choice) ?? new Map<Slot, Part>()
  slots.set(choice, places)
  const found = places.get(slot)
  if (found) return found
  const part = make()
  places.set(slot, part)
  choice.message.parts.push(part)
  return part
}

/** Whole text says what the pieces said; of those that were cut it is no more than what stands there. */
function joined(call: ModelCall, earlier: string, text: string, whole: boolean): string {
  if (!whole) return earlier + spend(call, text)
  return earlier && call.capture.truncated ? earlier : spend(call, text, earlier.length)
}

function spend(call: ModelCall, text: string, instead = 0): string {
  const left = (budgets.get(call) ?? Number.POSITIVE_INFINITY) + instead
  budgets.set(call, left - text.length)
  if (text.length <= left) return text
  call.capture.truncated = true
  return left < 0 ? '' : `${text.slice(0, left)}…` // the mark stands once, where the text was cut
}
