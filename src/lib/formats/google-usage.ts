/**
 * Token counts as Google's APIs tell them.
 *
 * @see https://ai.google.dev/api/generate-content#UsageMetadata
 * @module
 */

import { fields, items, number, string, type Json } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import { inclusiveUsage } from './usage.ts'

/** The counts under the names that they have in one of the APIs. */
export interface GoogleCounts {
  prompt: Json | undefined
  /** What results of the provider's own tools put into the prompt. */
  tools: Json | undefined
  said: Json | undefined
  thoughts: Json | undefined
  cached: Json | undefined
  total: Json | undefined
  /** Lists of counts by modality. */
  inputs: readonly (Json | undefined)[]
  outputs: readonly (Json | undefined)[]
}

/**
 * Thoughts are told outside of what was said, unless the total is a sum without them. What is
 * zero is left out by the API: where nothing but thoughts was paid for, they are the output.
 */
export function readUsage(call: ModelCall, told: GoogleCounts, raw: Json | undefined): void {
  const { inputs, outputs } = told
  const input = sum(told.prompt, told.tools)
  const said = number(told.said)
  const reasoning = number(told.thoughts)
  const total = number(told.total)
  if (raw === undefined || (input ?? said ?? reasoning ?? total) === undefined) return
  const isInside = said !== undefined && total === sum(input ?? 0, said)
  call.usage = inclusiveUsage(
    {
      input,
      output: isInside ? said : sum(said, reasoning),
      total,
      cacheRead: number(told.cached),
      reasoning,
      textInput: tokensOf('text', inputs),
      imageInput: tokensOf('image', inputs),
      audioInput: tokensOf('audio', inputs),
      textOutput: tokensOf('text', outputs),
      imageOutput: tokensOf('image', outputs),
      audioOutput: tokensOf('audio', outputs),
    },
    raw,
  )
}

/** `usageMetadata`, which most methods tell. */
export function readCounts(call: ModelCall, metadata: Json | undefined): void {
  const usage = fields(metadata)
  const told = {
    prompt: usage.promptTokenCount,
    tools: usage.toolUsePromptTokenCount,
    said: usage.candidatesTokenCount,
    thoughts: usage.thoughtsTokenCount,
    cached: usage.cachedContentTokenCount,
    total: usage.totalTokenCount,
    inputs: [usage.promptTokensDetails, usage.toolUsePromptTokensDetails],
    outputs: [usage.candidatesTokensDetails],
  }
  readUsage(call, told, metadata)
}

/** Of those that are told; none of none. */
function sum(...counts: readonly (Json | undefined)[]): number | undefined {
  return counts
    .map(number)
    .reduce((all, one) => (one === undefined ? all : (all ?? 0) + one), undefined)
}

function tokensOf(kind: string, lists: readonly (Json | undefined)[]): number | undefined {
  const details = lists.flatMap(items).map(fields)
  const found = details.filter(({ modality }) => string(modality)?.toLowerCase() === kind)
  return sum(...found.map(({ tokenCount, tokens }) => tokenCount ?? tokens))
}
