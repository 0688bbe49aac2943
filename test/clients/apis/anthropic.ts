/**
 * Anthropic's API: messages as the examples' stand-in gives them, and what is asked beside them.
 *
 * @see https://docs.anthropic.com/en/api
 * @module
 */

import { anthropic } from '../../../examples/model-apis/anthropic.ts'
import { fields } from '../../../src/lib/json.ts'
import { CITY, type Api, type Asked } from './api.ts'

export const anthropicApi: Api = {
  failure(status, message) {
    const type = status === 429 ? 'rate_limit_error' : 'authentication_error'
    const request_id = 'req_1'
    return Response.json(
      { type: 'error', error: { type, message }, request_id },
      { status, headers: { 'request-id': request_id } },
    )
  },

  answer(asked) {
    const { method, path, query, body, pace } = asked
    switch (`${method} ${path}`) {
      case 'POST /v1/messages':
        return isStructured(asked) ? structured() : anthropic(body, pace)
      case 'POST /v1/messages/count_tokens':
        return Response.json({ input_tokens: 14 })
      case 'GET /v1/models':
        return models(query.get('after_id'))
      default:
        return undefined
    }
  },
}

function isStructured({ body }: Asked): boolean {
  const { output_config, output_format } = fields(body)
  return (fields(output_config).format ?? output_format) !== undefined
}

function structured(): Response {
  return Response.json({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-6',
    content: [{ type: 'text', text: JSON.stringify(CITY) }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 30, output_tokens: 15 },
  })
}

/** Two pages. */
function models(after: string | null): Response {
  const ids = after ? ['claude-haiku-4-5'] : ['claude-opus-4-8', 'claude-sonnet-4-6']
  const created_at = '2026-01-01T00:00:00Z'
  return Response.json({
    data: ids.map((id) => ({ type: 'model', id, display_name: id, created_at })),
    has_more: after === null,
    first_id: ids.at(0),
    last_id: ids.at(-1),
  })
}
