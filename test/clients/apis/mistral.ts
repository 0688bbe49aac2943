/**
 * Mistral's API: chat in OpenAI's form, with usage in the last chunk always, and conversations.
 *
 * @see https://docs.mistral.ai/api
 * @module
 */

import { fields } from '../../../src/lib/json.ts'
import {
  ANSWER,
  CITY,
  CREATED,
  named,
  toolAsked,
  unnamed,
  WORDS,
  type Api,
  type Asked,
} from './api.ts'

export const mistralApi: Api = {
  inStream: (failure) => `data: ${failure}\n\n`,
  failure: (status, message) =>
    Response.json(
      { object: 'error', message, type: 'invalid_request', param: null, code: '1300' },
      { status },
    ),

  answer(asked) {
    const { method, path } = asked
    switch (`${method} ${path}`) {
      case 'POST /v1/chat/completions':
      case 'POST /v1/fim/completions':
        return chat(asked)
      case 'POST /v1/embeddings':
        return Response.json({ ...head, object: 'list', data: [vector], usage })
      case 'POST /v1/conversations':
        return conversation(asked)
      case 'GET /v1/models':
        return Response.json({ object: 'list', data: [model] })
      default:
        return undefined
    }
  },
}

const head = { id: 'cmpl-1', created: CREATED, model: 'mistral-small-2603' }
const usage = { prompt_tokens: 12, completion_tokens: 9, total_tokens: 21 }
const vector = { object: 'embedding', index: 0, embedding: [0.25, -0.5, 1.5] }
const capabilities = { completion_chat: true, function_calling: true }
const model = { id: 'mistral-small-2603', object: 'model', type: 'base', capabilities }

function chat({ body, pace }: Asked): Response {
  const { stream, response_format } = fields(body)
  const tool = toolAsked(body, /"role":"tool"/)
  const json = fields(response_format).type === 'json_schema'
  const content = json ? JSON.stringify(CITY) : ANSWER
  const called = tool && { tool_calls: [{ id: 'call00001', index: 0, function: callOf(tool) }] }
  const finish_reason = tool ? 'tool_calls' : 'stop'
  if (stream !== true) {
    const message = { role: 'assistant', content: tool ? '' : content, tool_calls: null, ...called }
    const choices = [{ index: 0, message, finish_reason }]
    return Response.json({ ...head, object: 'chat.completion', choices, usage })
  }
  const chunk = (delta: object, rest: object = {}, finish: string | null = null) => ({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finish }],
    ...rest,
  })
  const pieces = tool ? [] : WORDS.map((content) => chunk({ content }))
  const opening = chunk({ role: 'assistant', content: '' })
  const last = chunk({ content: '', ...called }, { usage }, finish_reason)
  return unnamed([opening, ...pieces, last, '[DONE]'], pace)
}

function callOf(name: string): object {
  return { name, arguments: JSON.stringify(CITY) }
}

function conversation({ body, pace }: Asked): Response {
  const conversation_id = 'conv_1'
  const at = '2026-01-01T00:00:00Z'
  const entry = { id: 'msg_1', model: model.id, role: 'assistant' }
  if (fields(body).stream !== true) {
    const output = { object: 'entry', type: 'message.output', content: ANSWER, created_at: at }
    const outputs = [{ ...output, ...entry }]
    return Response.json({ object: 'conversation.response', conversation_id, outputs, usage })
  }
  return named(
    [
      { type: 'conversation.response.started', created_at: at, conversation_id },
      ...WORDS.map((content, content_index) => ({
        type: 'message.output.delta',
        created_at: at,
        output_index: 0,
        content_index,
        content,
        ...entry,
      })),
      { type: 'conversation.response.done', created_at: at, usage },
    ],
    pace,
  )
}
