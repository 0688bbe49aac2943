/**
 * OpenAI speech to text, `POST /v1/audio/transcriptions` and `/translations`, as JSON, as plain text
 * (`text`, `srt`, `vtt`) and streamed.
 *
 * @see https://platform.openai.com/docs/api-reference/audio
 * @module
 */

import { sse } from '../framing/sse.ts'
import { fields, string } from '../json.ts'
import type { WireFormat } from './format.ts'
import { readRequest, readUsage } from './openai.ts'
import { addText, choiceAt } from './reply.ts'

export const openaiTranscription: WireFormat = {
  name: 'openai.transcription',
  operation: 'transcription',
  stream: sse,
  media: true,
  matches: ({ pathname }) => /\/audio\/(?:transcriptions|translations)\/?$/.test(pathname),
  accepts(body) {
    const { file, model } = fields(body)
    return file !== undefined || typeof model === 'string'
  },
  request: readRequest,

  reply(call, payload) {
    const { type, delta, text, usage } = fields(payload)
    if (type === 'transcript.text.segment') return undefined // who spoke when, of what deltas say
    const whole = string(payload) ?? string(text)
    const said = whole ?? string(delta)
    if (said !== undefined)
      addText(call, choiceAt(call, 0), 'text', 'text', said, whole !== undefined)
    readUsage(call, usage)
    return type === 'transcript.text.done' ? 'done' : undefined
  },
}
