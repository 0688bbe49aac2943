/**
 * Server-sent events whose data is JSON, as model APIs stream them.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 * @module
 */

import { createParser } from 'eventsource-parser'
import { parse } from '../json.ts'
import type { Framing, FramingSink } from './framing.ts'

/** OpenAI's end of stream, which is no JSON. */
const DONE = '[DONE]'

/** At most `maxChars` of an unfinished event are held; past that the rest of the stream is given up. */
export function sse(sink: FramingSink, maxChars: number): Framing {
  const decoder = new TextDecoder()
  const parser = createParser({
    maxBufferSize: maxChars,
    onEvent({ data }) {
      if (data === DONE) return sink.done()
      const payload = parse(data)
      return payload === undefined ? sink.undecodable() : sink.payload(payload)
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') overflown = true
    },
  })
  let overflown = false

  return {
    push(bytes) {
      if (overflown) return
      parser.feed(decoder.decode(bytes, { stream: true }))
      if (overflown) sink.overflow()
    },
    end() {
      if (overflown) return
      // A last event without its blank line: the standard discards it, the clients read it. So do we.
      parser.feed(`${decoder.decode()}\n\n`)
    },
  }
}
