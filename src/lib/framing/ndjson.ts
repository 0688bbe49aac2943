/**
 * A JSON value a line, as Ollama streams them.
 *
 * @see https://github.com/ndjson/ndjson-spec
 * @module
 */

import { parse } from '../json.ts'
import type { Framing, FramingSink } from './framing.ts'
import { createReader, type Bulk } from './reader.ts'

/** At most `maxChars` of an unfinished line are held; a line that is longer is given up, and no other. */
export function ndjson(sink: FramingSink, maxChars: number, bulk?: Bulk): Framing {
  const read = createReader(bulk)
  let line = ''
  let overflown = false

  return {
    push(bytes) {
      feed(read(bytes))
    },
    end(complete) {
      if (complete) feed(`${read()}\n`) // the last line may have no end of its own
    },
  }

  function feed(text: string): void {
    const [rest = '', ...others] = text.split('\n')
    add(rest)
    for (const next of others) {
      close()
      add(next)
    }
  }

  function add(piece: string): void {
    if (overflown) return
    line += piece
    overflown = line.length > maxChars
    if (!overflown) return
    line = ''
    sink.overflow()
  }

  function close(): void {
    const text = line.trim() // of the carriage return, too
    line = ''
    overflown = false
    if (!text) return
    const payload = parse(text)
    if (payload === undefined) sink.undecodable()
    else sink.payload(payload)
  }
}
