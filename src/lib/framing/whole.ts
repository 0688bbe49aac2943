/**
 * A body that is one JSON value.
 *
 * @module
 */

import { parse } from '../json.ts'
import type { Framing, FramingSink } from './framing.ts'
import { createReader, type Bulk } from './reader.ts'

/** At most `maxChars` are held; a larger body is given up. */
export function whole(sink: FramingSink, maxChars: number, bulk?: Bulk): Framing {
  const read = createReader(bulk)
  let text = ''
  let overflown = false

  return {
    push(bytes) {
      if (overflown) return
      text += read(bytes)
      overflown = text.length > maxChars
      if (overflown) text = ''
    },
    end(complete) {
      if (overflown) return complete ? sink.overflow() : undefined
      text += read()
      if (!text) return
      const payload = parse(text)
      if (payload === undefined) return complete ? sink.undecodable() : undefined
      sink.payload(payload)
      sink.done()
    },
  }
}
