/**
 * Which words begin as those do that end in `*`, told by the dictionary of the index.
 *
 * The dictionary is that of all projects: what it says goes into a question about one of them, and no
 * further. Where too many begin so, the texts themselves are looked through.
 *
 * @module
 */

import type { Term } from '../query.ts'
import type { Connection } from './client.ts'
import { wantedWords } from './tokens.ts'

/** By the beginning. */
export type Begun = ReadonlyMap<string, readonly string[]>

const MAX_WORDS = 1000

export async function begunWords(
  connection: Connection,
  terms: readonly Term[] = [],
): Promise<Begun> {
  const open = terms
    .flatMap((term) => (term.field === 'text' ? wantedWords(term.words) : []))
    .filter(({ isOpen }) => isOpen)
  const begun = new Map<string, readonly string[]>()
  for (const { word } of open) {
    if (begun.has(word)) continue
    const found = await connection.ask<{ token: string }>(
      `SELECT DISTINCT token FROM (${INDEXES.map(tokensOf).join(' UNION ALL ')})
        LIMIT ${MAX_WORDS + 1}`,
      { word },
    )
    if (found.length <= MAX_WORDS)
      begun.set(
        word,
        found.map(({ token }) => token),
      )
  }
  return begun
}

const INDEXES = ['by_input', 'by_output']

function tokensOf(index: string): string {
  return `SELECT token FROM mergeTreeTextIndex(currentDatabase(), 'span', '${index}')
    WHERE startsWith(token, {word:String})`
}
