/**
 * Long texts in pieces, each kept once under a name made of its content.
 *
 * Where a piece ends is told by the bytes before it and not by where it began (content-defined
 * chunking), so that what two texts share falls into the same pieces: the turns of a conversation that
 * is sent again and again, an image in each of them. A text is then the list of its pieces' names.
 *
 * @see https://www.usenix.org/conference/atc16/technical-sessions/presentation/xia the method
 * @module
 */

import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** A longer text is kept in pieces. */
export const INLINE_CHARS = 4096

const MIN_BYTES = 1024
const MAX_BYTES = 64 * 1024
/** As many bits as of a boundary have to be 0: a piece has 8 KiB beyond the least, on the average. */
const BOUNDARY = 0xfff << 19

/** Of SHA-256: enough to tell apart all pieces that a project can have. */
const NAME_CHARS = 22

/** One in memory, on its way into the store. */
export interface Piece {
  name: string
  bytes: Uint8Array
}

export function cut(text: string): Piece[] {
  const bytes = new TextEncoder().encode(text)
  const pieces: Piece[] = []
  for (let start = 0; start < bytes.length;) {
    const end = boundary(bytes, start)
    const piece = bytes.subarray(start, end)
    pieces.push({ name: nameOf(piece), bytes: piece })
    start = end
  }
  return pieces
}

/** Random numbers, the same for ever: they decide where pieces end. */
const GEAR = Uint32Array.from({ length: 256 }, (_, byte) => scatter(byte + 1))

function boundary(bytes: Uint8Array, start: number): number {
  const last = Math.min(bytes.length, start + MAX_BYTES)
  let hash = 0
  for (let at = start + MIN_BYTES; at < last; at += 1) {
    hash = ((hash << 1) + (GEAR[bytes[at] ?? 0] ?? 0)) | 0
    if ((hash & BOUNDARY) === 0) return at + 1
  }
  return last
}

/** @see https://github.com/skeeto/hash-prospector a mixing of 32 bits */
function scatter(number: number): number {
  let mixed = Math.imul(number, 0x9e3779b1)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

function nameOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, NAME_CHARS)
}

/** A text as a column holds it. No JSON begins with the sign. */
const IN_PIECES = '@'

export function inPieces(names: readonly string[]): string {
  return IN_PIECES + JSON.stringify(names)
}

/** The names of a column's pieces; none where it is the text itself. */
export function namesIn(column: string | null): string[] {
  return column?.startsWith(IN_PIECES) ? JSON.parse(column.slice(IN_PIECES.length)) : []
}

const PLAIN = 0
const DEFLATED = 1

/** Fast rather than small: what is compressed is what someone waits for. */
const LEVEL = 1

export function pack(bytes: Uint8Array): { coding: number; data: Uint8Array } {
  const deflated = deflateRawSync(bytes, { level: LEVEL })
  return deflated.byteLength < bytes.byteLength * 0.9
    ? { coding: DEFLATED, data: deflated }
    : { coding: PLAIN, data: bytes }
}

/** The text of a column, with the pieces it names. */
export function join(column: string, pieces: ReadonlyMap<string, Uint8Array>): string {
  if (!column.startsWith(IN_PIECES)) return column
  const decoder = new TextDecoder()
  const parts = namesIn(column).map((name) => {
    const bytes = pieces.get(name)
    if (bytes === undefined) throw new Error('a piece of a text is missing in the database')
    return decoder.decode(bytes, { stream: true }) // a character may begin in one and end in the next
  })
  return parts.join('') + decoder.decode()
}

export function unpack({ coding, data }: { coding: number; data: Uint8Array }): Uint8Array {
  return coding === DEFLATED ? inflateRawSync(data) : data
}
