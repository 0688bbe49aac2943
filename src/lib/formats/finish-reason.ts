/**
 * Why a model stopped, in the words of OpenTelemetry.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 * @module
 */

import type { FinishReason } from '../message.ts'

const REASONS: readonly (readonly [FinishReason, RegExp])[] = [
  [
    'stop',
    /^(?:stop|end_turn|stop_sequence|eos(?:_token)?|complete|completed|succeeded|pause_turn|load|unload|finish(?:ed)?|stop_criteria_met)$/i,
  ],
  [
    'length',
    /^(?:length|max_tokens|max_output_tokens|model_length|model_context_window_exceeded|(?:requires_)?continuation|budget_exceeded)$/i,
  ],
  ['tool_call', /^(?:tool_calls?|function_call|tool_use|requires_action)$/i],
  [
    'content_filter',
    /^(?:content_filter(?:ed)?|refusal|(?:image_)?(?:safety|recitation|prohibited_content)|blocklist|spii|language|model_armor|guardrail_intervened)$/i,
  ],
  ['compaction', /^compaction$/i],
]

/** The first word that fits; what nobody knows counts as `error`, with the raw word kept beside it. */
export function normalise(raw: string): FinishReason {
  return REASONS.find(([, words]) => words.test(raw))?.[0] ?? 'error'
}
