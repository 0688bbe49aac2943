/**
 * OpenAI Images, `POST /v1/images/generations`, `/edits` and `/variations`. Of an image its type and
 * size is kept, of its address the part before the signature; partial images are events, no more.
 *
 * @see https://platform.openai.com/docs/api-reference/images
 * @see https://platform.openai.com/docs/api-reference/images-streaming
 * @module
 */

import { bytesOf } from '../bulk.ts'
import { sse } from '../framing/sse.ts'
import { defined, fields, items, string, type JsonObject } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { WireFormat } from './format.ts'
import { readHead, readRequest, readUsage } from './openai.ts'
import { addOther, choiceAt } from './reply.ts'

export const openaiImages: WireFormat = {
  name: 'openai.images',
  operation: 'image_generation',
  stream: sse,
  bulk: { over: 1024 },
  matches: ({ pathname }) => /\/images\/(?:generations|edits|variations)\/?$/.test(pathname),
  accepts(body) {
    const { prompt, image, 'image[]': images } = fields(body)
    return typeof prompt === 'string' || (image ?? images) !== undefined
  },
  request: readRequest,

  reply(call, payload) {
    const reply = readHead(call, payload)
    const { type, data, usage } = reply
    const isLast = string(type)?.endsWith('.completed')
    for (const image of isLast ? [payload] : items(data)) addImage(call, fields(image), reply)
    readUsage(call, usage)
    return isLast ? 'done' : undefined
  },
}

function addImage(call: ModelCall, image: JsonObject, { output_format, size }: JsonObject): void {
  const { b64_json, url, revised_prompt } = image
  const count = call.response.outputCount ?? 0
  call.response.outputCount = count + 1
  addOther(
    call,
    choiceAt(call, 0),
    count,
    'image',
    defined({
      type: 'image',
      format: string(output_format),
      size: string(size),
      bytes: typeof b64_json === 'string' ? bytesOf(b64_json) : undefined,
      url: /^https?:[^?#]*/.exec(string(url) ?? '')?.[0],
      revised_prompt: string(revised_prompt),
    }),
  )
}
