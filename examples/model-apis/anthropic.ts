/**
 * Anthropic Messages, whole and streamed; calls the first tool that it is offered, once.
 *
 * @see https://docs.anthropic.com/en/api/messages
 * @module
 */

import type { Pace } from './handler.ts'
import { answerTo, countTokens, id, stream, tokensOf, whole } from './reply.ts'

interface MessagesRequest {
  model: string
  messages: { role: string; content: unknown }[]
  stream?: boolean
  tools?: { name: string }[]
}

type Block =
  | { type: 'text'; text: string }
  | { type: 'tool_use'; id: string; name: string; input: object }

export function anthropic(body: unknown, pace: Pace): Response | Promise<Response> {
  if (!isMessages(body)) return failure(400, 'messages: Field required')
  if (!body.model.startsWith('claude-'))
    return failure(404, `model: ${body.model}`, 'not_found_error')
  const question = JSON.stringify(body.messages)
  const tool = question.includes('tool_result') ? undefined : body.tools?.[0]
  const asked = JSON.stringify(body)
  const headers = { 'request-id': id('req_', asked) }
  const content = tool
    ? callOf(tool.name, question)
    : [{ type: 'text' as const, text: answerTo(textOf(body.messages[0]?.content)) }]
  const usage = {
    input_tokens: countTokens(JSON.stringify(body.messages)),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 1_024,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: countTokens(JSON.stringify(content)),
    service_tier: 'standard',
  }
  const message = {
    id: id('msg_01', asked),
    type: 'message',
    role: 'assistant',
    model: body.model,
    content,
    stop_reason: tool ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage,
  }
  const events = eventsOf(message)
  if (!body.stream) return whole(message, pace, events.length, headers)
  return stream(
    events.map((data) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`),
    pace,
    headers,
  )
}

function textOf(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content)
}

function callOf(name: string, asked: string): Block[] {
  return [
    { type: 'text', text: 'Let me look that up.' },
    {
      type: 'tool_use',
      id: id('toolu_01', asked),
      name,
      input: { query: 'reset password', limit: 3 },
    },
  ]
}

interface Message {
  content: Block[]
  stop_reason: string
  stop_sequence: null
  usage: { output_tokens: number }
}

function eventsOf(message: Message): ({ type: string } & Record<string, unknown>)[] {
  const { content, stop_reason, stop_sequence, usage } = message
  const start = {
    ...message,
    content: [],
    stop_reason: null,
    usage: { ...usage, output_tokens: 1 },
  }
  return [
    { type: 'message_start', message: start },
    { type: 'ping' },
    ...content.flatMap((block, index) => [
      {
        type: 'content_block_start',
        index,
        content_block: block.type === 'text' ? { type: 'text', text: '' } : { ...block, input: {} },
      },
      ...piecesOf(block).map((delta) => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason, stop_sequence }, usage },
    { type: 'message_stop' },
  ]
}

function piecesOf(block: Block): object[] {
  if (block.type === 'text')
    return tokensOf(block.text).map((text) => ({ type: 'text_delta', text }))
  const json = JSON.stringify(block.input).match(/.{1,9}/g) ?? []
  return ['', ...json].map((partial_json) => ({ type: 'input_json_delta', partial_json }))
}

function failure(status: number, message: string, type = 'invalid_request_error'): Response {
  const request_id = id('req_', message)
  return Response.json(
    { type: 'error', error: { type, message }, request_id },
    { status, headers: { 'request-id': request_id } },
  )
}

function isMessages(body: unknown): body is MessagesRequest {
  return (
    typeof body === 'object' &&
    body !== null &&
    'model' in body &&
    typeof body.model === 'string' &&
    'messages' in body &&
    Array.isArray(body.messages)
  )
}
