/**
 * OpenAI Chat Completions with tool calls and JSON answers; plain talk is the examples' stand-in's.
 *
 * @see https://platform.openai.com/docs/api-reference/chat
 * @module
 */

import { openai } from '../../../examples/model-apis/openai.ts'
import { fields, string, type Json } from '../../../src/lib/json.ts'
import { CITY, CITY_PIECES, CREATED, toolAsked, unnamed, type Asked } from './api.ts'

const usage = {
  prompt_tokens: 31,
  completion_tokens: 17,
  total_tokens: 48,
  prompt_tokens_details: { cached_tokens: 8, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
}
const head = { id: 'chatcmpl-1', created: CREATED, model: 'gpt-4o-2024-11-20' }
const CALL_ID = 'call_1'

export function chatCompletions({ body, pace }: Asked): Response | Promise<Response> {
  const { response_format, stream, stream_options } = fields(body)
  const tool = toolAsked(body, /"role":"tool"/)
  const asked = string(fields(response_format).type)
  if (!tool && (asked === undefined || asked === 'text')) return openai(body, pace)
  if (stream !== true) return whole(tool)
  const reported = fields(stream_options).include_usage === true
  const last = { ...head, object: 'chat.completion.chunk', choices: [], usage }
  const chunks = [...chunksOf(tool, reported), ...(reported ? [last] : []), '[DONE]']
  return unnamed(chunks, pace)
}

function whole(tool: string | undefined): Response {
  const called = { name: tool, arguments: JSON.stringify(CITY) }
  const message = {
    role: 'assistant',
    content: tool ? null : JSON.stringify(CITY),
    refusal: null,
    ...(tool && { tool_calls: [{ id: CALL_ID, type: 'function', function: called }] }),
  }
  const choice = { index: 0, message, logprobs: null, finish_reason: finishOf(tool) }
  return Response.json(
    { ...head, object: 'chat.completion', choices: [choice], usage },
    { headers: { 'x-request-id': 'req_1' } },
  )
}

function chunksOf(tool: string | undefined, reported: boolean): object[] {
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...(reported && { usage: null }),
  })
  return [chunk({ role: 'assistant', ...opening(tool) })]
    .concat(CITY_PIECES.map((piece) => chunk(tool ? callPiece(piece) : { content: piece })))
    .concat(chunk({}, finishOf(tool)))
}

function opening(tool: string | undefined): object {
  if (!tool) return { content: '' }
  const called = { name: tool, arguments: '' }
  return {
    content: null,
    tool_calls: [{ index: 0, id: CALL_ID, type: 'function', function: called }],
  }
}

function callPiece(piece: string): { tool_calls: Json } {
  return { tool_calls: [{ index: 0, function: { arguments: piece } }] }
}

function finishOf(tool: string | undefined): string {
  return tool ? 'tool_calls' : 'stop'
}
