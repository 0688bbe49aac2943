/**
 * OpenAI text to speech, `POST /v1/audio/speech`. Of the sound its type and size is kept.
 *
 * @see https://platform.openai.com/docs/api-reference/audio/createSpeech
 * @module
 */

import { bytesOf } from '../bulk.ts'
import { sse } from '../framing/sse.ts'
import { fields, number, type JsonObject } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { WireFormat } from './format.ts'
import { readRequest, readUsage } from './openai.ts'
import { addOther, choiceAt, otherAt } from './reply.ts'

export const openaiSpeech: WireFormat = {
  name: 'openai.speech',
  operation: 'speech',
  stream: sse,
  media: true,
  bulk: { over: 1024 },
  matches: ({ pathname }) => /\/audio\/speech\/?$/.test(pathname),
  accepts(body) {
    const { input, voice } = fields(body)
    return typeof input === 'string' && voice !== undefined
  },
  request: readRequest,

  reply(call, payload) {
    const { type, audio, bytes, usage } = fields(payload)
    const size = typeof audio === 'string' ? bytesOf(audio) : number(bytes)
    if (size !== undefined) addSound(call, size, bytes === undefined ? {} : { format: type })
    readUsage(call, usage)
    return type === 'speech.audio.done' ? 'done' : undefined
  },
}

/** A stream tells its sound in pieces, and no type. */
function addSound(call: ModelCall, bytes: number, format: JsonObject): void {
  const choice = choiceAt(call, 0)
  const earlier = number(otherAt(choice, 0).bytes) ?? 0
  addOther(call, choice, 0, 'audio', { type: 'audio', ...format, bytes: earlier + bytes })
  call.response.outputCount = 1
}
