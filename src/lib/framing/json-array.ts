/**
 * A JSON array that is written element by element, as Google streams without `alt=sse`: each element
 * is handed on as soon as it is complete. A value that is no array is handed on as the only one.
 *
 * @see https://cloud.google.com/apis/design/custom_methods
 * @module
 */

import { parse } from '../json.ts'
import type { Framing, FramingSink } from './framing.ts'
import { createReader, type Bulk } from './reader.ts'

/** At most `maxChars` of an unfinished element are held; past that the element is given up. */
export function jsonArray(sink: FramingSink, maxChars: number, bulk?: Bulk): Framing {
  const read = createReader(bulk)
  let element = ''
  let overflown = false
  let depth = 0
  let within = 0 // the depth between two elements: 1 in an array
  let isText = false
  let isEscaped = false
  let over = false

  return {
    push(bytes) {
      feed(read(bytes))
    },
    end(complete) {
      if (!complete) return
      feed(read())
      close()
    },
  }

  function feed(text: string): void {
    let from = 0
    for (let at = 0; at < text.length && !over; at += 1) {
      const character = text[at]
      if (isText) {
        if (isEscaped) isEscaped = false
        else if (character === '\\') isEscaped = true
        else if (character === '"') isText = false
      } else if (character === '"') {
        isText = true
      } else if (character === '[' || character === '{') {
        if (depth === 0 && character === '[') {
          within = 1
          from = at + 1
        }
        depth += 1
      } else if (character === ']' || character === '}') {
        depth -= 1
        if (depth <= within) from = take(text, from, depth < within ? at : at + 1)
        over = depth <= 0
        if (over) sink.done()
      } else if (character === ',' && depth === within) {
        from = take(text, from, at) + 1
      }
    }
    if (!over) hold(text.slice(from))
  }

  /** The rest of an element, which ends here. */
  function take(text: string, from: number, end: number): number {
    hold(text.slice(from, end))
    close()
    return end
  }

  function hold(text: string): void {
    if (overflown) return
    element += element ? text : text.trimStart()
    if (element.length <= maxChars) return
    overflown = true
    element = ''
    sink.overflow()
  }

  function close(): void {
    const payload = parse(element)
    if (payload !== undefined) sink.payload(payload)
    else if (element.trim()) sink.undecodable()
    element = ''
    overflown = false
  }
}
