/**
 * OpenAI Responses, whole and streamed: a text, or a call of the first tool on offer.
 *
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 * @module
 */

import { fields } from '../../../src/lib/json.ts'
import {
  ANSWER,
  CITY,
  CITY_PIECES,
  CREATED,
  named,
  toolAsked,
  WORDS,
  type Asked,
  type Event,
} from './api.ts'

const usage = {
  input_tokens: 21,
  input_tokens_details: { cached_tokens: 4 },
  output_tokens: 13,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 34,
}

export function responses({ body, pace }: Asked): Response {
  const { stream, text } = fields(body)
  const tool = toolAsked(body, /function_call_output/)
  const json = fields(fields(text).format).type === 'json_schema'
  const said = json ? JSON.stringify(CITY) : ANSWER
  const item = tool ? functionCall(tool) : message(said)
  if (stream !== true) return Response.json({ ...response, output: [item], usage })
  const inside = tool ? callEvents(tool) : textEvents(said, json ? CITY_PIECES : WORDS)
  const started = {
    ...response,
    status: 'in_progress',
    completed_at: null,
    output: [],
    usage: null,
  }
  const events = [
    { type: 'response.created', response: started },
    { type: 'response.in_progress', response: started },
    ...inside,
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: { ...response, output: [item], usage } },
  ]
  return named(
    events.map((event, sequence_number) => Object.assign({}, event, { sequence_number })),
    pace,
  )
}

const response = {
  id: 'resp_1',
  object: 'response',
  created_at: CREATED,
  completed_at: CREATED,
  status: 'completed',
  background: false,
  error: null,
  incomplete_details: null,
  instructions: null,
  max_output_tokens: null,
  metadata: {},
  model: 'gpt-4o-2024-11-20',
  parallel_tool_calls: true,
  previous_response_id: null,
  reasoning: { effort: null, summary: null },
  service_tier: 'default',
  store: true,
  temperature: 1,
  text: { format: { type: 'text' } },
  tool_choice: 'auto',
  tools: [],
  top_p: 1,
  truncation: 'disabled',
  user: null,
}

function message(text: string) {
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: [part(text)],
  }
}

function part(text: string) {
  return { type: 'output_text', text, annotations: [], logprobs: [] }
}

function functionCall(name: string) {
  const id = 'fc_1'
  const call_id = 'call_1'
  const text = JSON.stringify(CITY)
  return { id, type: 'function_call', status: 'completed', call_id, name, arguments: text }
}

function textEvents(text: string, pieces: readonly string[]): Event[] {
  const at = { item_id: 'msg_1', output_index: 0, content_index: 0 }
  const item = { ...message(text), status: 'in_progress', content: [] }
  return [
    { type: 'response.output_item.added', output_index: 0, item },
    { type: 'response.content_part.added', ...at, part: part('') },
    ...pieces.map((delta) => ({ type: 'response.output_text.delta', ...at, delta, logprobs: [] })),
    { type: 'response.output_text.done', ...at, text, logprobs: [] },
    { type: 'response.content_part.done', ...at, part: part(text) },
  ]
}

function callEvents(name: string): Event[] {
  const at = { item_id: 'fc_1', output_index: 0 }
  const item = { ...functionCall(name), status: 'in_progress', arguments: '' }
  const text = JSON.stringify(CITY)
  return [
    { type: 'response.output_item.added', output_index: 0, item },
    ...CITY_PIECES.map((delta) => ({
      type: 'response.function_call_arguments.delta',
      ...at,
      delta,
    })),
    { type: 'response.function_call_arguments.done', ...at, name, arguments: text },
  ]
}
