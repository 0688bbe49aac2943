/**
 * OpenAI Responses, whole and streamed; calls the first tool that it is offered, once.
 *
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 * @module
 */

import type { Pace } from './handler.ts'
import {
  answerTo,
  argumentsOf,
  countTokens,
  CREATED,
  failure,
  id,
  stream,
  tokensOf,
  whole,
  wordsOf,
} from './reply.ts'

interface ResponsesRequest {
  model: string
  input: unknown
  stream?: boolean
  tools?: { name: string; parameters?: unknown }[]
}

type Item = { id: string; type: string; status: string } & Record<string, unknown>

export function openaiResponses(body: unknown, pace: Pace): Response | Promise<Response> {
  if (!isResponses(body))
    return failure(400, 'invalid_request_error', "Missing required parameter: 'input'.")
  const asked = JSON.stringify(body)
  const said = JSON.stringify(body.input)
  const tool = said.includes('function_call_output') ? undefined : body.tools?.[0]
  const text = answerTo(wordsOf(body.input))
  const item = tool ? callOf(tool, asked) : messageOf(text, asked)
  const input_tokens = countTokens(said)
  const output_tokens = countTokens(JSON.stringify(item))
  const usage = {
    input_tokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input_tokens + output_tokens,
  }
  const head = {
    id: id('resp_', asked),
    object: 'response',
    created_at: CREATED,
    error: null,
    incomplete_details: null,
    metadata: {},
    model: body.model,
    tools: [],
  }
  const response = { ...head, status: 'completed', output: [item], usage }
  const headers = { 'x-request-id': id('req_', asked), 'openai-processing-ms': '214' }
  if (!body.stream) return whole(response, pace, tokensOf(text).length, headers)
  const events = [
    {
      type: 'response.created',
      response: { ...head, status: 'in_progress', output: [], usage: null },
    },
    ...(tool ? callEvents(item) : textEvents(item, text)),
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response },
  ]
  return stream(
    events.map((event, sequence_number) => {
      const data = JSON.stringify({ ...event, sequence_number })
      return `event: ${event.type}\ndata: ${data}\n\n`
    }),
    pace,
    headers,
  )
}

function messageOf(text: string, asked: string): Item {
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }]
  const status = 'completed'
  return { id: id('msg_', asked), type: 'message', role: 'assistant', status, content }
}

function callOf(tool: { name: string; parameters?: unknown }, asked: string): Item {
  return {
    id: id('fc_', asked),
    type: 'function_call',
    status: 'completed',
    call_id: id('call_', asked),
    name: tool.name,
    arguments: JSON.stringify(argumentsOf(tool.parameters)),
  }
}

function textEvents(item: Item, text: string) {
  const at = { item_id: item.id, output_index: 0, content_index: 0 }
  const part = { type: 'output_text', text: '', annotations: [], logprobs: [] }
  const begun = { ...item, status: 'in_progress', content: [] }
  return [
    { type: 'response.output_item.added', output_index: 0, item: begun },
    { type: 'response.content_part.added', ...at, part },
    ...tokensOf(text).map((delta) => ({
      type: 'response.output_text.delta',
      ...at,
      delta,
      logprobs: [],
    })),
    { type: 'response.output_text.done', ...at, text, logprobs: [] },
    { type: 'response.content_part.done', ...at, part: { ...part, text } },
  ]
}

function callEvents(item: Item) {
  const at = { item_id: item.id, output_index: 0 }
  const begun = { ...item, status: 'in_progress', arguments: '' }
  return [
    { type: 'response.output_item.added', output_index: 0, item: begun },
    { type: 'response.function_call_arguments.delta', ...at, delta: item.arguments },
    { type: 'response.function_call_arguments.done', ...at, arguments: item.arguments },
  ]
}

function isResponses(body: unknown): body is ResponsesRequest {
  return (
    typeof body === 'object' &&
    body !== null &&
    'model' in body &&
    typeof body.model === 'string' &&
    'input' in body
  )
}
