/**
 * The texts of a batch as columns hold them: short ones themselves, long ones as names of pieces.
 *
 * @module
 */

import type { Body, Known } from '../merge.ts'
import { cut, INLINE_CHARS, inPieces, namesIn } from './pieces.ts'
import { factsOf, type SpanTexts } from './rows.ts'

export interface Texts {
  of(known: Known): SpanTexts
  /** The bytes of all pieces that texts were cut into, by name. */
  pieces: ReadonlyMap<string, Uint8Array>
}

export function texts(): Texts {
  const pieces = new Map<string, Uint8Array>()

  function write(text: string): string {
    if (text.length <= INLINE_CHARS) return text
    const parts = cut(text)
    for (const { name, bytes } of parts) pieces.set(name, bytes)
    return inPieces(parts.map(({ name }) => name))
  }

  function writeBody(told: Body | null): string | null {
    if (told === null) return null
    return 'stored' in told.body ? told.body.stored : write(told.body.text)
  }

  return {
    pieces,
    of: (known) => ({
      facts: write(factsOf(known)),
      input: writeBody(known.input),
      output: writeBody(known.output),
    }),
  }
}

/** How many whole texts more, or fewer, use each piece. */
export function pieceUses(
  spans: readonly { before: SpanTexts | undefined; after: SpanTexts | undefined }[],
): Map<string, number> {
  const uses = new Map<string, number>()
  const count = (column: string | null, step: 1 | -1) => {
    for (const name of new Set(namesIn(column))) uses.set(name, (uses.get(name) ?? 0) + step)
  }
  for (const { before, after } of spans) {
    for (const field of ['facts', 'input', 'output'] as const) {
      count(before?.[field] ?? null, -1)
      count(after?.[field] ?? null, 1)
    }
  }
  for (const [name, step] of uses) if (step === 0) uses.delete(name)
  return uses
}
