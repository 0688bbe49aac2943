/**
 * A body that is one JSON value.
 *
 * @module
 */

import { parse } from '../json.ts'
import type { Framing, FramingSink } from './framing.ts'

/** At most `maxBytes` are held; a larger body is given up. */
export function whole(sink: FramingSink, maxBytes: number): Framing {
  const decoder = new TextDecoder()
  let text = ''
  let left = maxBytes

  return {
    push(bytes) {
      left -= bytes.byteLength
      text = left < 0 ? '' : text + decoder.decode(bytes, { stream: true })
    },
    end() {
      if (left < 0) return sink.overflow()
      text += decoder.decode()
      if (!text) return
      const payload = parse(text)
      if (payload === undefined) return sink.undecodable()
      sink.payload(payload)
      sink.done()
    },
  }
}
