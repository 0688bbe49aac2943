/**
 * Gathers the text of one JSON value after another, as the pieces come.
 *
 * @module
 */

import { decode, type FramingSink } from './framing.ts'

export interface Gathering {
  add(piece: string): void
  /** The value ends here. Nothing but white space is none. */
  close(): void
}

/** At most `maxChars` of a value are held; one that is longer is given up, and no other. */
export function gather(sink: FramingSink, maxChars: number): Gathering {
  let value = ''
  let overflown = false

  return {
    add(piece) {
      if (overflown) return
      value += value ? piece : piece.trimStart()
      overflown = value.length > maxChars
      if (!overflown) return
      value = ''
      sink.overflow()
    },
    close() {
      if (value) decode(sink, value)
      value = ''
      overflown = false
    },
  }
}
