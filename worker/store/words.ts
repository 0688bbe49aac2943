/**
 * What of an input or output can be searched: the words in it, not the names of its fields.
 *
 * @module
 */

import type { Json } from '../../src/lib/json.ts'

/** The rest of a text is not found: it would cost more than all else of a span. */
export const SEARCHED_CHARS = 8 * 1024

const MAX_VALUES = 2000
const MAX_DEPTH = 64

/** Of what is longer than a line of text and has no space in it, nobody remembers a word: data. */
const DATA_CHARS = 512

/** All texts in a value, one after the other, up to the limit. */
export function wordsIn(...values: (Json | undefined)[]): string {
  const texts: string[] = []
  let chars = 0
  let seen = 0

  function visit(value: Json | undefined, depth: number): void {
    seen += 1
    if (seen > MAX_VALUES || depth > MAX_DEPTH || chars >= SEARCHED_CHARS) return
    if (typeof value === 'string') {
      const text = value.slice(0, SEARCHED_CHARS - chars)
      if (text.length > DATA_CHARS && !text.includes(' ')) return
      texts.push(text)
      chars += text.length + 1
    } else if (Array.isArray(value)) {
      for (const item of value) visit(item, depth + 1)
    } else if (typeof value === 'object' && value !== null) {
      for (const item of Object.values(value)) visit(item, depth + 1)
    }
  }

  for (const value of values) visit(value, 0)
  return spaced(texts.join('\n').replace(UNWRITABLE, ' '))
}

/** What the engines keep in no text: control characters, and half a surrogate pair. */
const UNWRITABLE = /[\p{Cc}\p{Cs}]+/gu

// Scripts that are written without spaces: every character stands for itself.
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu

/** With a space around each character of a script that has none. */
export function spaced(text: string): string {
  return text.replace(UNSPACED, ' $& ')
}

/** As an index takes them apart. A `*` after a word stays with it. */
export function searchWords(text: string): string[] {
  return spaced(text).match(/[\p{L}\p{N}\p{M}\p{Co}]+\*?/gu) ?? []
}
