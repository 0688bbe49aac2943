/**
 * Words as the index has them: in lower case and without accents, each once.
 *
 * @module
 */

import type { Json } from '../../../src/lib/json.ts'
import { searchWords, wordsIn } from '../words.ts'

/** The words of values. */
export function tokensIn(...values: (Json | undefined)[]): string[] {
  return [...new Set(searchWords(wordsIn(...values)).map(plain))].filter((word) => word !== '')
}

export interface WantedWord {
  word: string
  /** Anything that begins with it. */
  isOpen: boolean
}

/** The words that are searched for. */
export function wantedWords(words: readonly string[]): WantedWord[] {
  return words.flatMap(searchWords).map((word) => ({
    word: plain(word),
    isOpen: word.endsWith('*'),
  }))
}

function plain(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[\p{M}*]/gu, '')
    .toLowerCase()
}
