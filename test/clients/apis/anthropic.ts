/**
 * Anthropic's API: messages as the examples' stand-in gives them, and what is asked beside them.
 *
 * @see https://docs.anthropic.com/en/api
 * @module
 */

import { anthropic } from '../../../examples/model-apis/anthropic.ts'
import { fields } from '../../../src/lib/json.ts'
import { CITY, CITY_PIECES, named, type Api, type Asked } from './api.ts'

const FAILURES: Record<number, string> = {
  401: 'authentication_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
}

export const anthropicApi: Api = {
  inStream: (failure) => `event: error\ndata: ${failure}\n\n`,
  failure(status, message) {
    const type = FAILURES[status] ?? 'api_error'
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
        return isStructured(asked) ? structured(asked) : anthropic(body, pace)
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

function structured({ body, pace }: Asked): Response {
  const head = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-6' }
  const end = { stop_reason: 'end_turn', stop_sequence: null }
  const usage = { input_tokens: 30, output_tokens: 15 }
  const content = [{ type: 'text', text: JSON.stringify(CITY) }]
  if (fields(body).stream !== true) return Response.json({ ...head, content, ...end, usage })
  const start = { ...head, content: [], stop_reason: null, stop_sequence: null, usage }
  const block = { index: 0, content_block: { type: 'text', text: '' } }
  return named(
    [
      { type: 'message_start', message: start },
      { type: 'content_block_start', ...block },
      ...CITY_PIECES.map((text) => ({
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'text_delta', text },
      })),
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: end, usage },
      { type: 'message_stop' },
    ],
    pace,
  )
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
