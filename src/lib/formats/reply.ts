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
import { fields, parse, string, type Json, type JsonObject } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { Choice, FinishReason, Part, ToolCallPart } from '../message.ts'
import { budgetOf, spend, type Budget } from './budget.ts'
import { normalise } from './finish-reason.ts'

type Slot = string | number

// Beside the call, not in it: a call is plain data and leaves as it stands.
const slots = new WeakMap<Choice, Map<Slot, Part>>()
const budgets = new WeakMap<Choice, Budget>()

/** More than any API gives. */
const MAX_CHOICES = 2048
const MAX_NAME = 1024

/** The choice with this index, made and put in its place if it is new; one of its own past the limit. */
export function choiceAt(call: ModelCall, index: number): Choice {
  const { choices } = call.response
  const found = choices.find((choice) => choice.index === index)
  if (found) return found
  const choice: Choice = {
    index,
    message: { role: 'assistant', parts: [] },
    finishReason: null,
  }
  const budget = budgetOf(call)
  if (budget) budgets.set(choice, budget)
  if (choices.length === MAX_CHOICES) {
    call.capture.truncated = true
    return choice
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
  if (id) part.id = id.slice(0, MAX_NAME)
  if (name) part.name = name.slice(0, MAX_NAME)
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

/**
 * Appends a piece of text to this member of a block that is named but not read; false where the slot
 * holds no such block.
 */
export function addPiece(
  call: ModelCall,
  choice: Choice,
  slot: Slot,
  member: string,
  piece: string | undefined,
): boolean {
  const part = slots.get(choice)?.get(slot)
  if (part?.type !== 'other') return false
  const block = fields(part.content)
  if (piece)
    part.content = { ...block, [member]: (string(block[member]) ?? '') + spend(call, piece) }
  return true
}

/** The block in this slot is whole: input that came in pieces becomes a value. */
export function closeBlock(call: ModelCall, choice: Choice, slot: Slot): void {
  const part = slots.get(choice)?.get(slot)
  const block = part?.type === 'other' ? fields(part.content) : {}
  const { input } = block
  if (part?.type !== 'other' || typeof input !== 'string') return
  addOther(call, choice, slot, part.name, { ...block, input: parse(input) ?? input })
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
  if ((budgetOf(call)?.parts ?? 0) < 0) call.capture.truncated = true
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

/** In the order of their numbers, whichever comes first. */
function toolCallAt(choice: Choice, slot: Slot): ToolCallPart {
  const empty: ToolCallPart = { type: 'tool_call', id: null, name: '', arguments: {} }
  const isLater = (other: Slot) => Number(/^tool (\d+)$/.exec(`${other}`)?.[1]) > Number(slot)
  const part = partAt(choice, `tool ${slot}`, () => empty, isLater)
  return part.type === 'tool_call' ? part : empty
}

/** @param isLater Which of the parts there the new one comes before; none unless told. */
function partAt(
  choice: Choice,
  slot: Slot,
  make: () => Part,
  isLater?: (other: Slot) => boolean,
): Part {
  const places = slots.get(choice) ?? new Map<Slot, Part>()
  slots.set(choice, places)
  const found = places.get(slot)
  if (found) return found
  const part = make()
  const budget = budgets.get(choice)
  if (budget && --budget.parts < 0) return part // of its own
  const { parts } = choice.message
  let at = parts.length
  for (const [other, later] of isLater ? places : [])
    if (isLater?.(other)) at = Math.min(at, parts.indexOf(later))
  places.set(slot, part)
  parts.splice(at, 0, part)
  return part
}

/** Whole text says what the pieces said; of those that were cut it is no more than what stands there. */
function joined(call: ModelCall, earlier: string, text: string, whole: boolean): string {
  if (!whole) return earlier + spend(call, text)
  return earlier && call.capture.truncated ? earlier : spend(call, text, earlier.length)
}
