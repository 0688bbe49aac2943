/**
 * Mistral's reading of documents, `POST /v1/ocr`: the text of each page. Of its pictures nothing is kept.
 *
 * @see https://docs.mistral.ai/api/endpoint/ocr
 * @module
 */

import { fields, isObject, items, number, string, type Json } from '../json.ts'
import type { WireFormat } from './format.ts'
import { addText, choiceAt } from './reply.ts'
import { inclusiveUsage } from './usage.ts'

export const mistralOcr: WireFormat = {
  name: 'mistral.ocr',
  operation: 'ocr',
  bulk: { over: 65_536 }, // a picture, and no text that a page would have in one line
  matches: ({ pathname }) => /\/v1\/ocr\/?$/.test(pathname),
  accepts(body) {
    const { model, document } = fields(body)
    return string(model) !== undefined && isObject(document)
  },
  request(call, body) {
    call.request.model = string(fields(body).model)
  },

  reply(call, payload) {
    const { model, pages, usage_info } = fields(payload)
    call.response.model = string(model)
    if (Array.isArray(pages)) call.response.outputCount = pages.length
    items(pages).forEach((page: Json, at) => {
      const text = string(fields(page).markdown)
      addText(call, choiceAt(call, 0), at, 'text', text && (at > 0 ? `\n\n${text}` : text))
    })
    const processed = number(fields(usage_info).pages_processed)
    if (usage_info !== undefined && processed !== undefined) {
      call.usage = inclusiveUsage({ pages: processed }, usage_info)
    }
    return undefined
  },
}
