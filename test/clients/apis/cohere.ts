/**
 * Cohere's API, second version: chat, whole and as named events, embeddings and reranking.
 *
 * @see https://docs.cohere.com/v2/reference/chat
 * @module
 */

import { fields, items } from '../../../src/lib/json.ts'
import {
  ANSWER,
  CITY,
  CITY_PIECES,
  named,
  toolAsked,
  WORDS,
  type Api,
  type Asked,
  type Event,
} from './api.ts'

export const cohereApi: Api = {
  inStream: (failure) => `event: error\ndata: ${failure}\n\n`,
  failure: (status, message) => Response.json({ id: 'failure-1', message }, { status }),

  answer(asked) {
    const { method, path, body } = asked
    switch (`${method} ${path}`) {
      case 'POST /v2/chat':
        return chat(asked)
      case 'POST /v2/embed':
        return Response.json({
          id: 'embed-1',
          embeddings: { float: items(fields(body).texts).map(() => [0.25, -0.5, 1.5]) },
          texts: fields(body).texts,
          meta: { api_version: { version: '2' }, billed_units: { input_tokens: 6 } },
        })
      case 'POST /v2/rerank':
        return Response.json({
          id: 'rerank-1',
          results: [1, 0].map((index) => ({ index, relevance_score: 0.5 + index / 4 })),
          meta: { api_version: { version: '2' }, billed_units: { search_units: 1 } },
        })
      default:
        return undefined
    }
  },
}

const usage = {
  billed_units: { input_tokens: 5, output_tokens: 11 },
  tokens: { input_tokens: 71, output_tokens: 13 },
}

function chat({ body, pace }: Asked): Response {
  const tool = toolAsked(body, /"role":"tool"/)
  const finish_reason = tool ? 'TOOL_CALL' : 'COMPLETE'
  if (fields(body).stream !== true) {
    const said = tool
      ? { tool_plan: 'I will look.', tool_calls: [callOf(tool, JSON.stringify(CITY))] }
      : { content: [{ type: 'text', text: ANSWER }] }
    return Response.json({
      id: 'chat-1',
      finish_reason,
      message: { role: 'assistant', ...said },
      usage,
    })
  }
  const events = [
    { type: 'message-start', id: 'chat-1', delta: { message: { role: 'assistant' } } },
    ...(tool ? callEvents(tool) : textEvents()),
    { type: 'message-end', delta: { finish_reason, usage } },
  ]
  return named(events, pace)
}

function callOf(name: string, text: string): object {
  return { id: 'call_1', type: 'function', function: { name, arguments: text } }
}

function textEvents(): Event[] {
  const content = (text: object) => ({ index: 0, delta: { message: { content: text } } })
  return [
    { type: 'content-start', ...content({ type: 'text', text: '' }) },
    ...WORDS.map((text) => ({ type: 'content-delta', ...content({ text }) })),
    { type: 'content-end', index: 0 },
  ]
}

function callEvents(name: string): Event[] {
  const call = (tool_calls: object) => ({ index: 0, delta: { message: { tool_calls } } })
  return [
    { type: 'tool-plan-delta', delta: { message: { tool_plan: 'I will look.' } } },
    { type: 'tool-call-start', ...call(callOf(name, '')) },
    ...CITY_PIECES.map((piece) => ({
      type: 'tool-call-delta',
      ...call({ function: { arguments: piece } }),
    })),
    { type: 'tool-call-end', index: 0 },
  ]
}
