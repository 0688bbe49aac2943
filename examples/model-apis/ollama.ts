/**
 * Ollama's chat, whole and as a JSON value a line.
 *
 * @see https://docs.ollama.com/api/chat
 * @module
 */

import type { Pace } from './handler.ts'
import { answerTo, countTokens, stream, tokensOf, whole, wordsOf } from './reply.ts'

export function ollamaChat(body: unknown, pace: Pace): Response | Promise<Response> {
  if (!isChat(body)) return Response.json({ error: 'missing messages' }, { status: 400 })
  const answer = answerTo(wordsOf(body.messages))
  const words = tokensOf(answer)
  const part = (content: string, done: boolean) => ({
    model: body.model,
    created_at: '2026-01-01T00:00:00.000000Z',
    message: { role: 'assistant', content },
    done,
    ...(done && {
      done_reason: 'stop',
      total_duration: 174_560_334,
      load_duration: 101_397_084,
      prompt_eval_count: countTokens(JSON.stringify(body.messages)),
      prompt_eval_duration: 13_074_791,
      eval_count: countTokens(answer),
      eval_duration: 52_479_709,
    }),
  })
  if (body.stream === false) return whole(part(answer, true), pace, words.length, {})
  const lines = [...words.map((word) => part(word, false)), part('', true)]
  return stream(
    lines.map((line) => `${JSON.stringify(line)}\n`),
    pace,
    { 'content-type': 'application/x-ndjson' },
  )
}

function isChat(body: unknown): body is { model: string; messages: unknown; stream?: boolean } {
  return typeof body === 'object' && body !== null && 'model' in body && 'messages' in body
}
