/**
 * OpenAI's API: chat and responses in files of their own, and all that is one request and one reply.
 *
 * @see https://platform.openai.com/docs/api-reference
 * @module
 */

import { models } from '../../../examples/model-apis/openai.ts'
import { failure } from '../../../examples/model-apis/reply.ts'
import { fields, items, type Json } from '../../../src/lib/json.ts'
import { ANSWER, CREATED, named, unnamed, WORDS, type Api, type Asked } from './api.ts'
import { chatCompletions } from './openai-chat.ts'
import { responses } from './openai-responses.ts'

const FAILURES: Record<number, string> = {
  401: 'invalid_request_error',
  404: 'invalid_request_error',
  429: 'rate_limit_exceeded',
}

export const openaiApi: Api = {
  inStream: (failure) => `data: ${failure}\n\n`,
  failure: (status, message) => failure(status, FAILURES[status] ?? 'server_error', message),

  answer(asked) {
    const { method, path, query } = asked
    switch (`${method} ${path.replace(/^\/(v1|openai\/deployments\/[^/]+)/, '')}`) {
      case 'POST /chat/completions':
        return chatCompletions(asked)
      case 'POST /responses':
        return responses(asked)
      case 'POST /completions':
        return completion(asked)
      case 'POST /embeddings':
        return embeddings(asked)
      case 'POST /images/generations':
      case 'POST /images/edits':
        return images(asked)
      case 'POST /audio/speech':
        return new Response(SOUND, { headers: { 'content-type': 'audio/mpeg' } })
      case 'POST /audio/transcriptions':
        return transcription(asked)
      case 'POST /moderations':
        return Response.json({ id: 'modr-1', model: 'omni-moderation-latest', results: [verdict] })
      case 'GET /models':
        return models()
      case 'GET /files':
        return files(query.get('after'))
      default:
        return undefined
    }
  },
}

/** Not text in any encoding. */
const SOUND = Uint8Array.from({ length: 600 }, (_, at) => (at * 37) % 256)
/** Long enough to be what no record keeps, and the same in four bytes a number as in eight. */
const VECTOR = Array.from({ length: 512 }, (_, at) => at / 256 - 1)
const usage = {
  input_tokens: 9,
  input_tokens_details: { text_tokens: 6, image_tokens: 3 },
  output_tokens: 272,
  total_tokens: 281,
}
const verdict = {
  flagged: true,
  categories: { harassment: true, violence: false },
  category_scores: { harassment: 0.97, violence: 0.01 },
}

function completion({ body, pace }: Asked): Response {
  const head = { id: 'cmpl-1', object: 'text_completion', created: CREATED, model: 'gpt-3.5' }
  const choice = (text: string, finish_reason: string | null) => ({
    choices: [{ text, index: 0, logprobs: null, finish_reason }],
  })
  const usage = { prompt_tokens: 4, completion_tokens: 9, total_tokens: 13 }
  if (fields(body).stream !== true) {
    return Response.json({ ...head, ...choice(ANSWER, 'stop'), usage })
  }
  const pieces = WORDS.map((text) => ({ ...head, ...choice(text, null) }))
  return unnamed([...pieces, { ...head, ...choice('', 'stop') }, '[DONE]'], pace)
}

function embeddings({ body }: Asked): Response {
  const { input, encoding_format } = fields(body)
  const texts: readonly (Json | undefined)[] = Array.isArray(input) ? input : [input]
  const base64 = Buffer.from(new Float32Array(VECTOR).buffer).toString('base64')
  const embedding = encoding_format === 'base64' ? base64 : VECTOR
  return Response.json({
    object: 'list',
    model: 'text-embedding-3-small',
    data: texts.map((_, index) => ({ object: 'embedding', index, embedding })),
    usage: { prompt_tokens: 8, total_tokens: 8 },
  })
}

function images({ body, pace }: Asked): Response {
  const b64_json = Buffer.from(SOUND).toString('base64')
  const { stream, n } = fields(body)
  const head = { output_format: 'png', size: '1024x1024', quality: 'low' }
  if (stream !== true) {
    const data = Array.from({ length: Number(n ?? 1) }, () => ({ b64_json }))
    return Response.json({ ...head, created: CREATED, data, usage })
  }
  const event = { ...head, created_at: CREATED, b64_json }
  return named(
    [
      { type: 'image_generation.partial_image', ...event, partial_image_index: 0 },
      { type: 'image_generation.completed', ...event, usage },
    ],
    pace,
  )
}

/** A form, of which only the text is looked at. */
function transcription({ text, pace }: Asked): Response {
  const asked = (name: string, value: string) => RegExp(`name="${name}"\\s+${value}`).test(text)
  const counts = {
    type: 'tokens',
    input_tokens: 14,
    input_token_details: { text_tokens: 0, audio_tokens: 14 },
    output_tokens: 4,
    total_tokens: 18,
  }
  const seconds = { type: 'duration', seconds: 3 }
  if (asked('response_format', 'text')) return new Response(`${ANSWER}\n`)
  if (!asked('stream', 'true'))
    return Response.json({ text: ANSWER, usage: asked('model', 'whisper') ? seconds : counts })
  return named(
    [
      { type: 'transcript.text.delta', delta: ANSWER },
      { type: 'transcript.text.done', text: ANSWER, usage: counts },
    ],
    pace,
  )
}

/** Two pages. */
function files(after: string | null): Response {
  const ids = after === 'file-2' ? ['file-3'] : ['file-1', 'file-2']
  const data = ids.map((id) => ({ id, object: 'file', filename: `${id}.jsonl`, bytes: 120 }))
  return Response.json({ object: 'list', data, has_more: items(data).length === 2 })
}
