/**
 * A JSON array that is written element by element, as Google streams without `alt=sse`: each element
 * is handed on as soon as it is complete. A value that is no array is handed on as it is.
 *
 * @see https://cloud.google.com/apis/design/custom_methods
 * @module
 */

import type { Framing, FramingSink } from './framing.ts'
import { gather } from './gather.ts'
import { createReader, type Bulk } from './reader.ts'

/** At most `maxChars` of an unfinished element are held; past that the element is given up. */
export function jsonArray(sink: FramingSink, maxChars: number, bulk?: Bulk): Framing {
  const read = createReader(bulk)
  const element = gather(sink, maxChars)
  let isOpen = false // something has begun, of which an array is what holds the elements
  let depth = 0 // of brackets within an element
  let isText = false
  let isEscaped = false

  return {
    push(bytes) {
      feed(read(bytes))
    },
    end(complete) {
      feed(read())
      if (complete) element.close()
    },
  }

  function feed(text: string): void {
    let from = 0
    for (let at = 0; at < text.length; at += 1) {
      const character = text.charAt(at)
      if (isEscaped || character === '\\') isEscaped = !isEscaped
      else if (character === '"') isText = !isText
      else if (isText) continue
      else if ('[{'.includes(character)) {
        if (isOpen || character === '{') depth += 1
        else from = at + 1
        isOpen = true
      } else if (character === ',' ? depth === 0 : ']}'.includes(character)) {
        if (depth > 1) depth -= 1
        else {
          element.add(text.slice(from, at + depth)) // with its bracket, if it is in one
          element.close()
          from = at + 1
          if (depth === 0 && character === ']') sink.done()
          depth = 0
        }
      }
    }
    element.add(text.slice(from))
  }
}
