/**
 * What differs between two texts, word by word.
 *
 * Nothing is lost: the pieces of A, with those that both have, are A, and so for B. Texts that are very
 * long are compared by lines, and those that differ too much by what they begin and end with.
 *
 * @module
 */

import { common, type Effort, type Side } from './sequence.ts'

export interface Piece {
  side: Side
  text: string
}

export interface Difference {
  pieces: Piece[]
  /** Not each word was compared with each. */
  isRough: boolean
}

/** Longer texts are compared by lines. */
const MAX_WORD_CHARS = 100_000

/** Writing without spaces between words: there each character is one. */
const APART =
  '[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}]'
const WORD = new RegExp(`(?:(?!${APART})[\\p{L}\\p{M}\\p{N}_])+|[^\\S\\n]+|[^]`, 'gu')
const LINE = /[^\n]*\n|[^\n]+/g

export function compareTexts(
  a: string,
  b: string,
  effort: Effort,
  by: 'words' | 'lines' = 'words',
): Difference {
  const isLong = Math.max(a.length, b.length) > MAX_WORD_CHARS
  const token = by === 'lines' || isLong ? LINE : WORD
  const [tokensA, tokensB] = [a.match(token) ?? [], b.match(token) ?? []]
  const { runs, isRough } = common(tokensA, tokensB, effort)
  let [atA, atB] = [0, 0]
  const pieces = runs.map(({ side, count }): Piece => {
    const from = side === 'b' ? tokensB.slice(atB, atB + count) : tokensA.slice(atA, atA + count)
    if (side !== 'b') atA += count
    if (side !== 'a') atB += count
    return { side, text: from.join('') }
  })
  return { pieces: joined(pieces), isRough }
}

/** Words in a row that were replaced are one change, not one each: a space between them says nothing. */
function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = []
  let [a, b] = ['', '']
  const settle = () => {
    if (a) all.push({ side: 'a', text: a })
    if (b) all.push({ side: 'b', text: b })
    a = b = ''
  }
  pieces.forEach(({ side, text }, index) => {
    if (side === 'a') a += text
    else if (side === 'b') b += text
    else if (a && b && /^ +$/.test(text) && index < pieces.length - 1) {
      a += text
      b += text
    } else {
      settle()
      all.push({ side, text })
    }
  })
  settle()
  return all
}
