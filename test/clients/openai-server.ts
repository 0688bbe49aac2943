/**
 * OpenAI's endpoints beside chat, as far as its client needs them: the replies are those of the API.
 *
 * @module
 */

import { createServer } from 'node:http'
import { listen, type Listening } from '../../examples/model-apis/listen.ts'
import { events, whole } from '../lib/formats/responses.ts'

export const REPLY = {
  status: 'completed',
  output: [
    {
      type: 'reasoning',
      id: 'rs_1',
      summary: [{ type: 'summary_text', text: 'A greeting. ' }],
    },
    {
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'Grüße 👋, I look.', annotations: [] }],
    },
    {
      type: 'function_call',
      id: 'fc_1',
      call_id: 'call_1',
      name: 'get_weather',
      arguments: '{"location":"Bergen"}',
      status: 'completed',
    },
  ],
  usage: {
    input_tokens: 36,
    input_tokens_details: { cached_tokens: 8, cache_write_tokens: 0 },
    output_tokens: 87,
    output_tokens_details: { reasoning_tokens: 64 },
    total_tokens: 123,
  },
}
const picture = Buffer.alloc(3_000, 7).toString('base64')
const imageUsage = {
  input_tokens: 50,
  input_tokens_details: { text_tokens: 10, image_tokens: 40 },
  output_tokens: 1628,
  total_tokens: 1678,
}
const transcript = { text: 'I see skies.', usage: { type: 'duration', seconds: 3 } }
const vector = new Float32Array(1536).map((_, index) => Math.sin(index))
const completion = {
  id: 'cmpl-1',
  object: 'text_completion',
  model: 'gpt-3.5-turbo-instruct',
  choices: [{ index: 0, text: ' upon a time', finish_reason: 'length', logprobs: null }],
  usage: { prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 },
}
const image = { output_format: 'png', size: '1024x1024' }

/** What one endpoint answers, by the fields of what was asked. */
type Answer = (asked: string) => object | readonly object[] | string | Uint8Array

const isStream = (asked: string) => /"stream":true|name="stream"\r\n\r\ntrue/.test(asked)

const ANSWERS: Record<string, Answer> = {
  '/v1/responses': (asked) => (isStream(asked) ? events(REPLY) : whole(REPLY)),
  '/v1/completions': (asked) => (isStream(asked) ? [completion] : completion),
  '/v1/embeddings': (asked) => ({
    object: 'list',
    model: 'text-embedding-3-small',
    data: ['a', 'b'].map((_, index) => ({
      object: 'embedding',
      index,
      embedding: asked.includes('"base64"')
        ? Buffer.from(vector.buffer).toString('base64')
        : [...vector],
    })),
    usage: { prompt_tokens: 8, total_tokens: 8 },
  }),
  '/v1/images/generations': (asked) =>
    isStream(asked)
      ? [
          { type: 'image_generation.partial_image', partial_image_index: 0, b64_json: picture },
          { type: 'image_generation.completed', ...image, b64_json: picture, usage: imageUsage },
        ]
      : { ...image, data: [{ b64_json: picture }, { b64_json: picture }], usage: imageUsage },
  '/v1/images/edits': () => ({ ...image, data: [{ b64_json: picture }], usage: imageUsage }),
  '/v1/audio/transcriptions': (asked) => {
    if (/name="response_format"\r\n\r\ntext/.test(asked)) return 'I see skies.\n'
    if (!isStream(asked)) return transcript
    const usage = { type: 'tokens', input_tokens: 14, output_tokens: 4, total_tokens: 18 }
    return [
      { type: 'transcript.text.delta', delta: 'I see' },
      { type: 'transcript.text.delta', delta: ' skies.' },
      { type: 'transcript.text.done', text: 'I see skies.', usage },
    ]
  },
  '/v1/audio/speech': () => new Uint8Array(40_000).fill(7),
  '/v1/moderations': () => ({
    id: 'modr-1',
    model: 'omni-moderation-2024-09-26',
    results: [{ flagged: true, categories: { violence: true }, category_scores: { violence: 1 } }],
  }),
}

export function serveOpenAI(): Promise<Listening> {
  return listen(
    createServer((request, response) => {
      const body: Buffer[] = []
      request.on('data', (chunk: Buffer) => body.push(chunk))
      request.on('end', () => {
        const { pathname } = new URL(request.url ?? '', 'http://localhost')
        const path = pathname.replace(/^.*\/deployments\/[^/]+/, '/v1') // Azure's
        const answer = ANSWERS[path]?.(Buffer.concat(body).toString())
        if (typeof answer === 'string') return send('text/plain; charset=utf-8', answer)
        if (answer instanceof Uint8Array) return send('audio/mpeg', answer)
        if (!Array.isArray(answer)) return send('application/json', JSON.stringify(answer ?? {}))
        const data = answer.map((event: object) => `data: ${JSON.stringify(event)}\n\n`)
        send('text/event-stream', data.join(''))
      })
      function send(type: string, body: string | Uint8Array): void {
        response.writeHead(200, { 'content-type': type }).end(body)
      }
    }),
  )
}
