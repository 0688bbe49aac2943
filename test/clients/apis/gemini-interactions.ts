/**
 * The Gemini API's interactions: one whole object, or its steps as events, and `[DONE]` at the end.
 *
 * @see https://ai.google.dev/gemini-api/docs/interactions
 * @module
 */

import { fields } from '../../../src/lib/json.ts'
import { ANSWER, unnamed, WORDS, type Asked } from './api.ts'

const head = { id: 'interaction-1', object: 'interaction', model: 'gemini-3-flash' }
const usage = { total_input_tokens: 7, total_output_tokens: 12, total_tokens: 19 }
const step = { type: 'model_output', content: [{ type: 'text', text: ANSWER }] }
const completed = { ...head, status: 'completed', usage }

export function interactions({ body, pace }: Asked): Response {
  if (fields(body).stream !== true) return Response.json({ ...completed, steps: [step] })
  const created = { ...head, status: 'in_progress' }
  const events = [
    { event_type: 'interaction.created', interaction: created },
    { event_type: 'step.start', index: 0, step: { type: 'model_output' } },
    ...WORDS.map((text) => ({ event_type: 'step.delta', index: 0, delta: { type: 'text', text } })),
    { event_type: 'step.stop', index: 0 },
    { event_type: 'interaction.completed', interaction: completed },
  ]
  return unnamed([...events, '[DONE]'], pace)
}
