/**
 * What a model said: choices of messages, each of parts in wire order.
 *
 * @module
 */

import type { Json } from './json.ts'

export interface Choice {
  index: number
  message: Message
  /** Normalised to the words of OpenTelemetry; `null` while the model has not said. */
  finishReason: FinishReason | null
  finishReasonRaw?: string
}

export type FinishReason =
  | 'stop'
  | 'length'
  | 'content_filter'
  | 'tool_call'
  | 'compaction'
  | 'error'

/** Parts stand in wire order; adjacent pieces of one block are joined. */
export interface Message {
  role: string
  parts: Part[]
}

export type Part =
  | { type: 'text'; content: string }
  | { type: 'reasoning'; content: string }
  | { type: 'refusal'; content: string }
  | ToolCallPart
  /** A block that we name but do not read: server tools, an image's type and size, what is yet to come. */
  | { type: 'other'; name: string; content: Json }

export interface ToolCallPart {
  type: 'tool_call'
  id: string | null
  name: string
  /** The arguments as JSON, or the text as it came where it is no valid JSON. */
  arguments: Json
  argumentsInvalid?: true
}
