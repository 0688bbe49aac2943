/**
 * A search as its parts: `name:value` or free text, each perhaps in quotes, perhaps negated.
 *
 * @module
 */

export interface Part {
  /** As it was written, quotes and all. */
  source: string
  not: boolean
  /** Before the colon; absent of free text. */
  name?: string
  values: Value[]
  /** A quote was opened and not closed. */
  isOpen: boolean
}

export interface Value {
  text: string
  isQuoted: boolean
}

// A word, or something in quotes in which `\` takes the next character as it is.
const PIECE = /"((?:[^"\\]|\\.)*)("|$)|([^\s"|]+)/gsy
const NAME = /([A-Za-z][\w.-]*):/y

export function partsOf(search: string): Part[] {
  const parts: Part[] = []
  let at = 0
  while (at < search.length) {
    if (/\s/.test(search.charAt(at))) {
      at += 1
      continue
    }
    const { part, end } = readPart(search, at)
    parts.push(part)
    at = end
  }
  return parts
}

function readPart(search: string, start: number): { part: Part; end: number } {
  const not = search.charAt(start) === '-' && /[^\s]/.test(search.charAt(start + 1))
  let at = not ? start + 1 : start
  NAME.lastIndex = at
  const [whole = '', name] = NAME.exec(search) ?? []
  at += whole.length
  const values: Value[] = []
  let isOpen = false
  for (;;) {
    PIECE.lastIndex = at
    const piece = PIECE.exec(search)
    if (piece) {
      const [text, quoted, close, plain] = piece
      const isQuoted = quoted !== undefined
      isOpen ||= isQuoted && close === ''
      values.push({ text: isQuoted ? quoted.replace(/\\(.)/gs, '$1') : (plain ?? ''), isQuoted })
      at += text.length
    }
    if (search.charAt(at) === '|') at += 1
    else if (!piece || /^\s|^$/.test(search.charAt(at))) break
  }
  const source = search.slice(start, at)
  return { part: { source, not, ...(name !== undefined && { name }), values, isOpen }, end: at }
}

/** A value as it has to be written to be read as itself. */
export function quote(text: string): string {
  return /^[^\s"|\\*-][^\s"|\\*]*$/.test(text) && !/^[A-Za-z][\w.-]*:/.test(text)
    ? text
    : `"${text.replace(/["\\]/g, '\\$&')}"`
}
