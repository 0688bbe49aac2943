/**
 * Google's interactions, whole and streamed.
 *
 * @module
 */

import type { Pair } from './pairs.ts'

const url = 'https://generativelanguage.googleapis.com/v1beta/interactions'
const head = { id: 'v1_ChdXa', object: 'interaction', model: 'gemini-3-flash' }
const usage = {
  total_input_tokens: 100,
  input_tokens_by_modality: [
    { modality: 'text', tokens: 60 },
    { modality: 'image', tokens: 40 },
  ],
  total_cached_tokens: 10,
  total_tool_use_tokens: 5,
  total_output_tokens: 20,
  output_tokens_by_modality: [{ modality: 'text', tokens: 20 }],
  total_thought_tokens: 30,
  total_tokens: 155,
}
const counts = {
  source: 'provider',
  final: true,
  input: 105,
  output: 50,
  total: 155,
  cacheRead: 10,
  reasoning: 30,
  textInput: 60,
  imageInput: 40,
  textOutput: 20,
}
const signature = 'c2lnbmF0dXJl'
const asked = { type: 'user_input', content: [{ type: 'text', text: 'Hello' }] }
const search = { type: 'google_search_call', id: 's1', arguments: { queries: ['weather'] } }
const found = {
  type: 'google_search_result',
  call_id: 's1',
  result: [{ search_suggestions: 'x', thought_signature: signature }],
}
const kept = { ...found, result: [{ search_suggestions: 'x', thought_signature: '…12…' }] }
const picture = { type: 'image', mime_type: 'image/png', data: 'iVBORw0KGgo'.repeat(200) }
const steps = [
  asked,
  { type: 'thought', signature, summary: [{ type: 'text', text: 'Where is it?' }] },
  { ...search, signature },
  { ...found, signature },
  { type: 'model_output', content: [{ type: 'text', text: 'Go to Settings. 👋' }, picture] },
  { type: 'function_call', id: 'f1', name: 'weather', arguments: { city: 'Zürich' } },
]
const created = {
  event_type: 'interaction.created',
  interaction: { ...head, status: 'in_progress' },
}
const completed = (more: object) => ({
  event_type: 'interaction.completed',
  interaction: { ...head, status: 'requires_action', usage, ...more },
})
const start = (index: number, step: object) => ({ event_type: 'step.start', index, step })
const delta = (index: number, delta: object) => ({ event_type: 'step.delta', index, delta })
const stop = (index: number) => ({ event_type: 'step.stop', index })

const streamed = [
  created,
  { event_type: 'interaction.status_update', interaction_id: head.id, status: 'in_progress' },
  start(1, { type: 'thought' }),
  delta(1, { type: 'thought_summary', content: { type: 'text', text: 'Where is ' } }),
  delta(1, { type: 'thought_summary', content: { type: 'text', text: 'it?' } }),
  delta(1, { type: 'thought_signature', signature }),
  stop(1),
  start(2, { type: 'google_search_call', id: 's1' }),
  delta(2, { type: 'google_search_call', arguments: search.arguments, signature }),
  stop(2),
  start(3, { type: 'google_search_result', call_id: 's1' }),
  delta(3, { type: 'google_search_result', result: found.result, signature }),
  stop(3),
  start(4, { type: 'model_output', content: [{ type: 'text', text: 'Go' }] }),
  delta(4, { type: 'text', text: ' to Settings.' }),
  delta(4, { type: 'text_annotation', annotations: [{ type: 'url_citation' }] }),
  delta(4, { type: 'text', text: ' 👋' }),
  delta(4, picture),
  { ...stop(4), usage: { total_input_tokens: 100 } },
  start(5, { type: 'function_call', id: 'f1', name: 'weather', arguments: {} }),
  delta(5, { type: 'arguments_delta', arguments: '{"city":' }),
  delta(5, { type: 'arguments_delta', arguments: '"Zürich"}' }),
  stop(5),
]

const answer = {
  url,
  request: { model: 'gemini-3-flash', input: 'Hello', stream: true },
  whole: { ...head, status: 'requires_action', steps, usage },
  ending: 1,
  done: 'event: done\ndata: [DONE]\n\n',
  output: {
    role: 'assistant',
    content: 'Go to Settings. 👋',
    reasoning: 'Where is it?',
    blocks: [search, kept, { type: 'image', format: 'image/png', bytes: 1650 }],
    tool_calls: [
      { id: 'f1', type: 'function', function: { name: 'weather', arguments: '{"city":"Zürich"}' } },
    ],
  },
  usage: counts,
  finish: ['tool_call'],
}

export const interactionPairs: readonly Pair[] = [
  { name: 'interaction', ...answer, events: [...streamed, completed({})] },
  {
    name: 'interaction that is told again at its end',
    ...answer,
    events: [...streamed, completed({ steps })],
  },
]
