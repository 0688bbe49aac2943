/**
 * OpenAI Chat Completions, whole and streamed; calls the first tool that it is offered, once.
 *
 * @see https://platform.openai.com/docs/api-reference/chat
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

const MODELS: Record<string, string> = {
  'gpt-4o': 'gpt-4o-2024-11-20',
  'gpt-4o-mini': 'gpt-4o-mini-2024-07-18',
}

interface ChatRequest {
  model: string
  messages: { role: string; content: unknown }[]
  stream?: boolean
  tools?: { function: { name: string; parameters?: unknown } }[]
  stream_options?: { include_usage?: boolean }
}

/** The models, as their list has them. */
export function models(): Response {
  const data = Object.keys(MODELS).map((id) => ({
    id,
    object: 'model',
    created: CREATED,
    owned_by: 'system',
  }))
  return Response.json({ object: 'list', data })
}

export function openai(body: unknown, pace: Pace): Response | Promise<Response> {
  if (!isChat(body))
    return failure(400, 'invalid_request_error', "Missing required parameter: 'messages'.")
  const model = MODELS[body.model]
  if (!model) {
    const message = `The model \`${body.model}\` does not exist or you do not have access to it.`
    return failure(404, 'invalid_request_error', message, 'model_not_found')
  }
  const question = body.messages.findLast((message) => message.role === 'user')?.content
  const answer = answerTo(wordsOf(question))
  const isAnswered = body.messages.some(({ role }) => role === 'tool')
  const tool = isAnswered ? undefined : body.tools?.[0]?.function
  const asked = JSON.stringify({ ...body, stream_options: undefined }) // which changes no answer
  const headers = { 'x-request-id': id('req_', asked), 'openai-processing-ms': '214' }
  const usage = usageOf(JSON.stringify(body.messages), answer)
  const head = {
    id: id('chatcmpl-', asked),
    created: CREATED,
    model,
    service_tier: 'default',
    system_fingerprint: 'fp_b705f0c291',
  }
  if (!body.stream) {
    const message = tool
      ? { role: 'assistant', content: null, refusal: null, tool_calls: [callOf(tool, asked)] }
      : { role: 'assistant', content: answer, refusal: null, annotations: [] }
    const finish_reason = tool ? 'tool_calls' : 'stop'
    const choices = [{ index: 0, message, logprobs: null, finish_reason }]
    return whole(
      { ...head, object: 'chat.completion', choices, usage },
      pace,
      tokensOf(answer).length,
      headers,
    )
  }
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...(body.stream_options?.include_usage && { usage: null }),
  })
  const said = tool
    ? [chunk({ tool_calls: [{ index: 0, ...callOf(tool, asked) }] })]
    : tokensOf(answer).map((content) => chunk({ content }))
  const chunks: object[] = [
    chunk({ role: 'assistant', content: '', refusal: null }),
    ...said,
    chunk({}, tool ? 'tool_calls' : 'stop'),
  ]
  if (body.stream_options?.include_usage) {
    chunks.push({ ...head, object: 'chat.completion.chunk', choices: [], usage })
  }
  return stream(
    [...chunks.map((data) => `data: ${JSON.stringify(data)}\n\n`), 'data: [DONE]\n\n'],
    pace,
    headers,
  )
}

function callOf(tool: { name: string; parameters?: unknown }, asked: string) {
  const called = { name: tool.name, arguments: JSON.stringify(argumentsOf(tool.parameters)) }
  return { id: id('call_', asked), type: 'function', function: called }
}

function usageOf(prompt: string, answer: string) {
  const prompt_tokens = countTokens(prompt)
  const completion_tokens = countTokens(answer)
  return {
    prompt_tokens,
    completion_tokens,
    total_tokens: prompt_tokens + completion_tokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  }
}

function isChat(body: unknown): body is ChatRequest {
  return (
    typeof body === 'object' &&
    body !== null &&
    'model' in body &&
    'messages' in body &&
    Array.isArray(body.messages)
  )
}
