/**
 * What differs between two texts: what A has alone is struck through, what B has alone underlined, and
 * long stretches that both have are shown by their ends.
 *
 * @module
 */

import type { Difference, Piece } from '../compare/texts.ts'
import { count } from '../units.ts'
import { cut, cutStart, Text } from './text.tsx'

/** Of what is the same, beside what is not. */
const AROUND_CHARS = 160
/** Of what only one has. */
const PIECE_CHARS = 6000
/** More pieces than anyone reads. */
const PIECES = 1000

export function Changes({ difference: { pieces, isRough } }: { difference: Difference }) {
  const shown = pieces.slice(0, PIECES)
  return (
    <>
      {isRough && (
        <p class="note">
          Too much differs to compare each word: marked is all between the beginning and the end
          that both have.
        </p>
      )}
      <div class="said" dir="auto">
        {shown.map((piece, index) => (
          <PieceOf piece={piece} isFirst={index === 0} isLast={index === pieces.length - 1} />
        ))}
      </div>
      {pieces.length > PIECES && (
        <p class="note">{count(pieces.length - PIECES)} more pieces are not shown.</p>
      )}
    </>
  )
}

interface PieceProps {
  piece: Piece
  isFirst: boolean
  isLast: boolean
}

function PieceOf({ piece: { side, text }, isFirst, isLast }: PieceProps) {
  if (side === 'both') return <Shared {...{ text, isFirst, isLast }} />
  const shown = text.length > PIECE_CHARS ? `${cut(text, PIECE_CHARS)}…` : text
  const words = (
    <>
      <Text text={shown} />
      {text.length > PIECE_CHARS && (
        <i class="gap">{count(text.length - PIECE_CHARS)} more characters</i>
      )}
    </>
  )
  return side === 'a' ? <del>{words}</del> : <ins>{words}</ins>
}

function Shared({ text, isFirst, isLast }: { text: string; isFirst: boolean; isLast: boolean }) {
  const before = isFirst ? '' : cut(text, AROUND_CHARS)
  const after = isLast ? '' : cutStart(text, AROUND_CHARS)
  const left = text.length - before.length - after.length
  if (left <= AROUND_CHARS) return <Text text={text} />
  return (
    <>
      <Text text={before} />
      <i class="gap">{count(left)} characters the same</i>
      <Text text={after} />
    </>
  )
}
