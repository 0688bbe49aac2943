/**
 * Server-sent events on their way to the application, without what is not for it.
 *
 * All other bytes pass as they came. Of an event that is not there in full yet nothing passes, for
 * nobody can tell what it will be, or read it before its end.
 *
 * @module
 */

import type { Bytes } from './observe.ts'

export interface Filter {
  /** What may pass of these bytes and those held back before. */
  pass(bytes: Bytes): Bytes
  /** What is held back still; there will be no more. */
  rest(): Bytes
}

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const NOTHING: Bytes = new Uint8Array()

/**
 * @param clean Gives each event, up to and with the blank line that ends it, as it is to pass.
 * @param maxBytes An event that is longer passes unseen, and so does everything after it.
 */
export function without(clean: (event: string) => string, maxBytes: number): Filter {
  let held = NOTHING
  let given = false

  return {
    pass(bytes) {
      if (given) return bytes
      const all = joined(held, bytes)
      const end = endOfEvents(all)
      given = all.byteLength - end > maxBytes
      held = given ? NOTHING : all.slice(end)
      const events = cleaned(all.subarray(0, end))
      return given ? joined(events, all.subarray(end)) : events
    },
    rest: () => held,
  }

  function cleaned(bytes: Bytes): Bytes {
    const text = new TextDecoder().decode(bytes)
    const events = text.split(/(?<=\n\n|\r\n\r\n|\r\r)/)
    const kept = events.map(clean).join('')
    return kept === text ? bytes.slice() : new TextEncoder().encode(kept)
  }
}

/** Behind the last blank line. */
function endOfEvents(bytes: Bytes): number {
  for (let at = bytes.length - 1; at > 0; at -= 1) {
    const before = bytes[at - 1]
    if (bytes[at] === LINE_FEED) {
      if (before === LINE_FEED) return at + 1
      if (before === CARRIAGE_RETURN && bytes[at - 2] === LINE_FEED) return at + 1
    }
    if (bytes[at] === CARRIAGE_RETURN && before === CARRIAGE_RETURN) return at + 1
  }
  return 0
}

function joined(first: Bytes, second: Bytes): Bytes {
  if (first.length === 0) return second
  const all = new Uint8Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}
