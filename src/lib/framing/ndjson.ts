/**
 * A JSON value a line, as Ollama streams them.
 *
 * @see https://github.com/ndjson/ndjson-spec
 * @module
 */

import type { Framing, FramingSink } from './framing.ts'
import { gather } from './gather.ts'
import { createReader, type Bulk } from './reader.ts'

/** At most `maxChars` of an unfinished line are held; a line that is longer is given up, and no other. */
export function ndjson(sink: FramingSink, maxChars: number, bulk?: Bulk): Framing {
  const read = createReader(bulk)
  const line = gather(sink, maxChars)

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
    line.add(rest)
    for (const next of others) {
      line.close()
      line.add(next)
    }
  }
}
