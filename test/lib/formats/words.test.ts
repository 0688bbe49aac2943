import { describe, expect, it } from 'vitest'
import { exclusiveUsage, inclusiveUsage } from '../../../src/lib/formats/usage.ts'
import { normalise } from '../../../src/lib/formats/finish-reason.ts'

/** In the words of OpenTelemetry, those of every provider. */
const WORDS = {
  stop: 'stop end_turn stop_sequence STOP_SEQUENCE eos eos_token COMPLETE STOP completed succeeded pause_turn load unload FINISH',
  length:
    'length max_tokens MAX_TOKENS max_output_tokens model_length model_context_window_exceeded CONTINUATION',
  tool_call: 'tool_calls function_call tool_use TOOL_CALL requires_action',
  content_filter:
    'content_filter refusal SAFETY RECITATION PROHIBITED_CONTENT BLOCKLIST SPII IMAGE_SAFETY IMAGE_RECITATION IMAGE_PROHIBITED_CONTENT LANGUAGE content_filtered guardrail_intervened',
  compaction: 'compaction',
  error:
    'error ERROR TIMEOUT failed cancelled canceled MALFORMED_FUNCTION_CALL MALFORMED_RESPONSE malformed_model_output malformed_tool_use UNEXPECTED_TOOL_CALL TOO_MANY_TOOL_CALLS insufficient_system_resource OTHER NO_IMAGE something_new',
}

describe('normalise', () => {
  const rows = Object.entries(WORDS).flatMap(([reason, words]) =>
    words.split(' ').map((word) => [word, reason]),
  )
  it.each(rows)('takes %s for %s', (word, reason) => {
    expect(normalise(word)).toBe(reason)
  })
})

describe('inclusiveUsage', () => {
  it.each([
    ['inside, by the total', { input: 9, output: 5, total: 14, reasoning: 3 }, { output: 5 }],
    ['outside, by the total', { input: 9, output: 5, total: 17, reasoning: 3 }, { output: 8 }],
    ['outside, being more than the output', { input: 9, output: 5, reasoning: 7 }, { output: 12 }],
    ['inside, where nothing tells', { input: 9, output: 5, reasoning: 3 }, { output: 5 }],
    ['apart, what was cached', { input: 9, output: 5, cacheRead: 20 }, { input: 29 }],
    ['within, what was cached', { input: 9, output: 5, cacheRead: 9 }, { input: 9 }],
    ['all of it 0', { input: 0, output: 0, total: 0 }, { input: 0, output: 0, total: 0 }],
    ['nothing of output', { input: 9 }, { input: 9, output: null, total: null }],
  ])('counts thoughts and cache where they are: %s', (_, counts, expected) => {
    expect(inclusiveUsage(counts, null)).toMatchObject(expected)
  })
})

describe('exclusiveUsage', () => {
  it('adds what was cached to the input, and keeps what is unknown unknown', () => {
    const counts = { input: 9, output: 5, cacheRead: 20, cacheWrite: 7 }
    expect(exclusiveUsage(counts)).toMatchObject({ input: 36, output: 5, total: 41 })
    expect(exclusiveUsage({ output: 5, cacheRead: 20 })).toMatchObject({ input: null, total: null })
  })
})
