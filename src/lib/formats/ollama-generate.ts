/**
 * Ollama's generation, `POST /api/generate`: a prompt and how it goes on, or the image it describes.
 *
 * @see https://docs.ollama.com/api/generate
 * @module
 */

import { ndjson } from '../framing/ndjson.ts'
import { fields } from '../json.ts'
import type { WireFormat } from './format.ts'
import { readReply, readRequest } from './ollama.ts'

export const ollamaGenerate: WireFormat = {
  name: 'ollama.generate',
  operation: 'text_completion',
  stream: ndjson,
  endsWithLast: true,
  bulk: { over: 65_536 }, // a picture, and no text that a model would write
  matches: ({ pathname }) => /\/api\/generate\/?$/.test(pathname),
  accepts(body) {
    const { model, prompt } = fields(body)
    return typeof model === 'string' && typeof prompt === 'string'
  },
  request: readRequest,
  reply: readReply,
}
