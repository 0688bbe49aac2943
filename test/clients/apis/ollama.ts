/**
 * Ollama's own API: a JSON value a line, streamed unless asked not to.
 *
 * @see https://docs.ollama.com/api
 * @module
 */

import { fields, items } from '../../../src/lib/json.ts'
import { ANSWER, CITY, lines, toolAsked, WORDS, type Api, type Asked } from './api.ts'

export const ollamaApi: Api = {
  inStream: (failure) => `${failure}\n`,
  failure: (status, error) => Response.json({ error }, { status }),

  answer(asked) {
    const { method, path, body } = asked
    switch (`${method} ${path}`) {
      case 'POST /api/chat':
        return chat(asked)
      case 'POST /api/generate':
        return reply(
          asked,
          WORDS.map((response) => ({ response })),
          { response: ANSWER },
        )
      case 'POST /api/embed':
        return Response.json({
          model: MODEL,
          embeddings: items(fields(body).input).map(() => [0.25, -0.5, 1.5]),
          total_duration: 14_143_917,
          load_duration: 1_019_500,
          prompt_eval_count: 8,
        })
      case 'GET /api/tags':
        return Response.json({ models: [{ name: MODEL, model: MODEL, size: 3_338_801_804 }] })
      default:
        return undefined
    }
  },
}

const MODEL = 'gemma3'
const head = { model: MODEL, created_at: '2026-01-01T00:00:00.000000Z' }
const counts = {
  total_duration: 174_560_334,
  load_duration: 101_397_084,
  prompt_eval_count: 11,
  prompt_eval_duration: 13_074_791,
  eval_count: 18,
  eval_duration: 52_479_709,
}

function chat(asked: Asked): Response {
  const name = toolAsked(asked.body, /"role":"tool"/)
  const message = (content: string) => ({ message: { role: 'assistant', content } })
  if (!name) return reply(asked, WORDS.map(message), message(ANSWER))
  const tool_calls = [{ function: { name, arguments: CITY } }]
  const called = { message: { role: 'assistant', content: '', tool_calls } }
  return reply(asked, [called], called)
}

function reply({ body, pace }: Asked, pieces: object[], whole: object): Response {
  const last = { done: true, done_reason: 'stop', ...counts }
  if (fields(body).stream === false) return Response.json({ ...head, ...whole, ...last })
  const nothing =
    'response' in whole ? { response: '' } : { message: { role: 'assistant', content: '' } }
  const said = pieces.map((piece) => ({ ...head, ...piece, done: false }))
  return lines([...said, { ...head, ...nothing, ...last }], pace)
}
