/**
 * Words to search for, in the language of FTS5: all of them, wherever they stand.
 *
 * @see https://www.sqlite.org/fts5.html#full_text_query_syntax
 * @module
 */

import { searchWords } from '../words.ts'

/** A text that no index has. */
const NOTHING = '""'

export function phrase(words: readonly string[]): string {
  const quoted = words.flatMap(searchWords).map((word) => {
    const isOpen = word.endsWith('*')
    return `"${isOpen ? word.slice(0, -1) : word}"${isOpen ? '*' : ''}`
  })
  return quoted.join(' ') || NOTHING
}
