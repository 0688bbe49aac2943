/**
 * Ollama's chat, `POST /api/chat`.
 *
 * @see https://docs.ollama.com/api/chat
 * @module
 */

import { ndjson } from '../framing/ndjson.ts'
import { fields, string, type Json } from '../json.ts'
import type { WireFormat } from './format.ts'
import { readReply, readRequest } from './ollama.ts'

export const ollamaChat: WireFormat = {
  name: 'ollama.chat',
  operation: 'chat',
  stream: ndjson,
  endsWithLast: true,
  matches: ({ pathname }) => /\/api\/chat\/?$/.test(pathname),
  accepts(body) {
    const { model, messages } = fields(body)
    return string(model) !== undefined && Array.isArray(messages) && messages.every(isMessage)
  },
  request: readRequest,
  reply: readReply,
}

/** Its content is text. Sites that talk to their own `/api/chat` send parts, and no role or another. */
function isMessage(message: Json): boolean {
  const { role, content, parts } = fields(message)
  return typeof role === 'string' && !Array.isArray(content) && parts === undefined
}
