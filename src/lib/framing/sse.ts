/**
 * Server-sent events whose data is JSON, as model APIs stream them.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 * @module
 */

import { createParser } from 'eventsource-parser'
import { decode, type Framing, type FramingSink } from './framing.ts'
import { createReader, type Bulk } from './reader.ts'

/** OpenAI's end of stream, which is no JSON. */
const DONE = '[DONE]'

/** At most `maxChars` of an unfinished event are held; past that the event is given up. */
export function sse(sink: FramingSink, maxChars: number, bulk?: Bulk): Framing {
  const read = createReader(bulk)
  const parser = createParser({
    maxBufferSize: maxChars,
    onEvent({ data }) {
      if (data === DONE) sink.done()
      else decode(sink, data)
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') overflown = true
    },
  })
  let overflown = false

  return {
    push(bytes) {
      feed(read(bytes))
    },
    end(complete) {
      // A last event without its blank line: the standard discards it, the clients read it. So do we.
      if (complete) feed(`${read()}\n\n`)
    },
  }

  function feed(text: string): void {
    parser.feed(text)
    if (!overflown) return
    overflown = false
    sink.overflow()
    parser.reset()
    parser.feed(':') // the rest of its line is passed over like a comment
  }
}
