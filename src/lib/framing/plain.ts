/**
 * A body that is no JSON: text as a payload that is a string, anything else as its type and size.
 *
 * @module
 */

import type { Framing, FramingSink } from './framing.ts'

/** Of text hardly more than `maxChars` are held, of anything else nothing. */
export function plain(sink: FramingSink, maxChars: number, type: string): Framing {
  const decoder = /^text\//i.test(type) ? new TextDecoder() : undefined
  let text = ''
  let bytes = 0

  return {
    push(chunk) {
      bytes += chunk.byteLength
      if (decoder && text.length <= maxChars) text += decoder.decode(chunk, { stream: true })
    },
    end(complete) {
      sink.payload(decoder ? text : { type, bytes })
      if (complete) sink.done()
    },
  }
}
