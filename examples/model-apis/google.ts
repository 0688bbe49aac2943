/**
 * Google's generateContent, whole and streamed.
 *
 * @see https://ai.google.dev/api/generate-content
 * @module
 */

import type { Pace } from './handler.ts'
import { answerTo, countTokens, id, stream, tokensOf, whole, wordsOf } from './reply.ts'

/** @param path Ends with `models/<model>:<method>`. */
export function google(path: string, body: unknown, pace: Pace): Response | Promise<Response> {
  const [, model = '', method] = /([^/]+):(\w+)$/.exec(path) ?? []
  if (typeof body !== 'object' || body === null || !('contents' in body)) {
    const message = 'contents is not specified'
    return Response.json(
      { error: { code: 400, message, status: 'INVALID_ARGUMENT' } },
      { status: 400 },
    )
  }
  const answer = answerTo(wordsOf(body.contents))
  const promptTokenCount = countTokens(JSON.stringify(body.contents))
  const candidatesTokenCount = countTokens(answer)
  const reply = (text: string, finishReason?: string) => ({
    candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason, index: 0 }],
    usageMetadata: {
      promptTokenCount,
      candidatesTokenCount,
      totalTokenCount: promptTokenCount + candidatesTokenCount,
    },
    modelVersion: model,
    responseId: id('', JSON.stringify(body)),
  })
  const words = tokensOf(answer)
  if (method !== 'streamGenerateContent')
    return whole(reply(answer, 'STOP'), pace, words.length, {})
  const events = [...words.map((text) => reply(text)), reply('', 'STOP')]
  return stream(
    events.map((event) => `data: ${JSON.stringify(event)}\r\n\r\n`),
    pace,
    {},
  )
}
