/**
 * A stand-in for the model APIs: what they say on the wire, at the pace at which they say it.
 *
 * One function from Request to Response, so that the same stand-in serves the examples, the tests
 * and every runtime. It knows OpenAI's Chat Completions, Responses and Embeddings,
 * Anthropic's Messages, Google's generateContent and Ollama's chat, whole and streamed.
 *
 * @module
 */

import { anthropic } from './anthropic.ts'
import { google } from './google.ts'
import { ollamaChat } from './ollama.ts'
import { openaiEmbeddings } from './openai-embeddings.ts'
import { openaiResponses } from './openai-responses.ts'
import { models, openai } from './openai.ts'
import { failure } from './reply.ts'

export interface Pace {
  /** Milliseconds until the first event. */
  first: number
  /** Milliseconds between two events. */
  next: number
  /** After this many events nothing more comes, until the reader leaves. */
  stallAfter?: number
}

export const REALISTIC: Pace = { first: 280, next: 22 }
export const AT_ONCE: Pace = { first: 0, next: 0 }

/**
 * Answers as the API at this path would. Keys beginning with `sk-wrong` are refused; the header
 * `x-stall-after` has a stream stop after so many events.
 */
export async function modelApis(request: Request, usual: Pace): Promise<Response> {
  const stall = request.headers.get('x-stall-after')
  const pace = stall ? { ...usual, stallAfter: Number(stall) } : usual
  const { pathname } = new URL(request.url)
  const key = request.headers.get('x-api-key') ?? request.headers.get('authorization') ?? ''
  if (request.method === 'GET' && pathname.endsWith('/v1/models')) return models()
  if (request.method !== 'POST') return failure(405, 'invalid_request_error', 'Use POST.')
  if (key.includes('sk-wrong')) {
    return failure(401, 'invalid_request_error', 'Incorrect API key provided.', 'invalid_api_key')
  }
  const body: unknown = await request.json().catch(() => undefined)
  if (pathname.endsWith('/v1/chat/completions')) return openai(body, pace)
  if (pathname.endsWith('/v1/responses')) return openaiResponses(body, pace)
  if (pathname.endsWith('/v1/embeddings')) return openaiEmbeddings(body)
  if (pathname.endsWith('/v1/messages')) return anthropic(body, pace)
  if (/:(?:g|streamG)enerateContent$/.test(pathname)) return google(pathname, body, pace)
  if (pathname === '/api/chat') return ollamaChat(body, pace)
  return failure(404, 'invalid_request_error', `Unknown request URL: POST ${pathname}.`)
}
